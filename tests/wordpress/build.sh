#!/usr/bin/env bash
# Unpacks a WordPress that runs on `php -S` with SQLite. usage: build.sh PACKAGES WWW
# PACKAGES holds Debian's wordpress*.deb and npm's wp-playground-cli-*.tgz (for the SQLite drop-in). The result is
# only read afterwards: address and database come from the environment (WP_URL, WP_DB), so many sites share it.
set -euo pipefail
packages=$1 www=$2 here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d "$www.XXXXXX")
trap 'rm -rf "$work"' EXIT
for deb in "$packages"/wordpress*_all.deb; do dpkg-deb -x "$deb" "$work/deb"; done
root=$work/deb/usr/share/wordpress
rm -f "$root/wp-config.php" "$root/.htaccess"
mkdir -p "$root/wp-content/plugins" "$root/wp-content/mu-plugins" "$root/wp-content/uploads"

tar xzf "$packages"/wp-playground-cli-*.tgz -C "$work" package/sqlite-database-integration.zip
unzip -q "$work/package/sqlite-database-integration.zip" -d "$work/zip"
plugin=$root/wp-content/plugins/sqlite-database-integration
mv "$work"/zip/plugin-* "$plugin"
# WordPress before 6.2 reaches for this property itself.
sed -i 's/private \$allow_unsafe_unquoted_parameters/public $allow_unsafe_unquoted_parameters/' \
    "$plugin/wp-includes/sqlite/class-wp-sqlite-db.php"
sed 's#{SQLITE_PLUGIN}#sqlite-database-integration/load.php#' "$plugin/db.copy" > "$root/wp-content/db.php"

cp "$here/config.php" "$root/wp-config.php"
cp "$here/switches.php" "$root/wp-content/mu-plugins/"
rm -rf "$www"
mv "$root" "$www"
