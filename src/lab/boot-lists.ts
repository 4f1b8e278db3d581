/** A shell piece: the names in the lists for the boot, without comments. Source: modules-load.d(5). */
export const listedForBoot = "systemd-analyze cat-config modules-load.d | grep -vE '^[[:space:]]*([#;]|$)'";

/** A shell piece that succeeds when no such list is newer than the last run of the service that reads them. */
export const listsRead = `read=$(date -d "$(systemctl show --timestamp=us -P ActiveEnterTimestamp systemd-modules-load)" +%s.%N)
newest=$(systemd-analyze cat-config modules-load.d | sed -n 's,^# \\(/.*\\)$,\\1,p' | xargs -r stat -L -c %.9Y | sort -n | tail -n 1)
awk "BEGIN { exit !($read >= $newest) }"`;
