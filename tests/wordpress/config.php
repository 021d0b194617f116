<?php // wp-config.php: one unpacked WordPress serves many sites, each with its own WP_URL and WP_DB.
define('WP_HOME', getenv('WP_URL'));
define('WP_SITEURL', getenv('WP_URL'));
define('DB_DIR', getenv('WP_DB') . '/');
define('DB_FILE', 'wp.sqlite');
foreach (['DB_NAME' => 'wp', 'DB_USER' => 'x', 'DB_PASSWORD' => 'x', 'DB_HOST' => 'x', 'DB_CHARSET' => 'utf8mb4', 'DB_COLLATE' => ''] as $name => $value) define($name, $value);
foreach (['AUTH_KEY', 'SECURE_AUTH_KEY', 'LOGGED_IN_KEY', 'NONCE_KEY', 'AUTH_SALT', 'SECURE_AUTH_SALT', 'LOGGED_IN_SALT', 'NONCE_SALT'] as $name) define($name, 'not-a-secret-' . $name);
$table_prefix = 'wp_';
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_DEBUG', false);
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
