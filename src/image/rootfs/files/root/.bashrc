# ~/.bashrc of node-1
PS1='\u@\h:\w\$ '
HISTCONTROL=ignoredups
alias ll='ls -l'
alias grep='grep --color=auto'
alias ls='ls --color=auto'
