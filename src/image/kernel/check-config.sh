#!/bin/sh
# Compares a fragment with the .config that came out of it. Kconfig drops an option whose dependencies are
# missing without a word; a lesson would find out months later.
# usage: check-config.sh FRAGMENT FINAL; exit 1 and one line per option that was not honoured.
set -eu
bad=0
while IFS= read -r line; do
  case $line in
    CONFIG_*=n) name=${line%%=*} ;;
    CONFIG_*) name=${line%%=*}
      grep -qxF -- "$line" "$2" || { bad=1; echo "not honoured: $line (is: $(grep -E "^(# )?$name[ =]" "$2" || echo absent))"; }
      continue ;;
    '# CONFIG_'*' is not set') name=${line#\# }; name=${name%% *} ;;
    *) continue ;;
  esac
  ! grep -q "^$name=" "$2" || { bad=1; echo "not honoured: $name must be off (is: $(grep "^$name=" "$2"))"; }
done <"$1"
exit $bad
