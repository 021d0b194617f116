<?php // usage: php seed.php WWW ROUNDUP.json ; WP_URL and WP_DB as in config.php. Installs, and fills in the roundup and twelve short posts.
[, $www, $X_data] = $argv;
$X = json_decode(file_get_contents($X_data), true);
$url = parse_url(getenv('WP_URL'));
$_SERVER += ['HTTP_HOST' => $url['host'] . ':' . $url['port'], 'REQUEST_URI' => '/', 'REQUEST_METHOD' => 'GET', 'SERVER_PROTOCOL' => 'HTTP/1.1'];
define('WP_INSTALLING', true);
require "$www/wp-load.php";
function wp_new_blog_notification(...$ignored) {} // it would send a letter
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/taxonomy.php';
wp_install('Seven Answers', 'editor', 'editor@example.com', true, '', 'not-a-secret');
foreach ([
    'permalink_structure' => '/%year%/%monthnum%/%day%/%postname%/', 'thread_comments' => 1, 'thread_comments_depth' => 5,
    'page_comments' => 1, 'comments_per_page' => 10, 'default_comments_page' => 'newest', 'comment_order' => 'asc',
    'comment_moderation' => 0, 'require_name_email' => 0, 'posts_per_page' => 10, 'posts_per_rss' => 10,
] as $name => $value) update_option($name, $value);
foreach (get_posts(['post_type' => ['post', 'page'], 'numberposts' => -1]) as $sample) wp_delete_post($sample->ID, true);

function html_of(array $data): string {
    $html = "<p>{$data['lede']}</p>\n";
    foreach ($data['experts'] as $one) {
        $html .= '<h3>' . esc_html("{$one['name']}, {$one['role']}, {$one['affiliation']}") . "</h3>\n<p>" . esc_html($one['text']) . "</p>\n";
    }
    return $html;
}
$post = wp_insert_post([
    'post_title' => $X['title'], 'post_name' => $X['slug'], 'post_content' => html_of($X), 'post_status' => 'publish', 'post_author' => 1,
    'post_date' => $X['at'], 'comment_status' => 'open', 'ping_status' => 'open', 'tags_input' => $X['tags'],
]);
function comment(int $post, array $one, int $parent = 0, string $type = 'comment', int $approved = 1): int {
    return wp_insert_comment([
        'comment_post_ID' => $post, 'comment_author' => $one['author'], 'comment_author_url' => $one['url'] ?? '',
        'comment_author_email' => md5($one['author']) . '@example.org', 'comment_content' => $one['text'], 'comment_parent' => $parent,
        'comment_approved' => $approved, 'comment_date' => $one['at'], 'comment_date_gmt' => $one['at'], 'comment_type' => $type,
    ]);
}
$ids = [0 => 0];
foreach ($X['comments'] as $one) $ids[$one['n']] = comment($post, $one, $ids[$one['parent']]);
foreach ($X['pings'] as $one) comment($post, $one, 0, $one['kind']);
comment($post, $X['held'], 0, 'comment', 0);
wp_update_comment_count_now($post);
for ($month = 1; $month <= 12; $month++) {
    wp_insert_post([
        'post_title' => "Minutes of month $month", 'post_content' => "<p>The tree committee met for the {$month}th time and planted $month trees.</p>",
        'post_status' => 'publish', 'post_author' => 1, 'post_date' => sprintf('2011-%02d-15 09:00:00', $month),
    ]);
}
flush_rewrite_rules();
echo json_encode(['post' => $post, 'comments' => $ids, 'version' => get_bloginfo('version')]);
