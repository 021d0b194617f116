<?php // usage: php edit.php WWW ACTION JSON ; does one thing that an editor does, prints its result as JSON.
[, $www, $X_action, $X_json] = $argv;
$url = parse_url(getenv('WP_URL'));
$_SERVER += ['HTTP_HOST' => $url['host'] . ':' . $url['port'], 'REQUEST_URI' => '/', 'REQUEST_METHOD' => 'GET', 'SERVER_PROTOCOL' => 'HTTP/1.1'];
require "$www/wp-load.php";
$X = json_decode($X_json, true);
function sure($result) {
    if (!$result || is_wp_error($result)) {
        fwrite(STDERR, is_wp_error($result) ? $result->get_error_message() : 'WordPress said no');
        exit(1);
    }
    return $result;
}
$X_now = gmdate('Y-m-d H:i:s');
$X_actions = [
    'post' => fn () => sure(wp_insert_post(wp_slash($X + ['post_status' => 'publish', 'post_author' => 1]), true)),
    'edit_post' => fn () => sure(wp_update_post(wp_slash($X), true)),
    'replace' => function () use ($X) { // in a post: {"ID", "old", "new"}
        $text = get_post($X['ID'])->post_content;
        sure(substr_count($text, $X['old']) === 1);
        return sure(wp_update_post(wp_slash(['ID' => $X['ID'], 'post_content' => str_replace($X['old'], $X['new'], $text)]), true));
    },
    'content' => fn () => get_post($X['ID'])->post_content,
    'comment' => fn () => sure(wp_insert_comment(wp_slash($X + ['comment_approved' => 1, 'comment_date' => $X_now, 'comment_date_gmt' => $X_now]))),
    'edit_comment' => fn () => sure(wp_update_comment(wp_slash($X))),
    'trash_comment' => fn () => sure(wp_trash_comment($X['ID'])),
    'restore_comment' => fn () => sure(wp_untrash_comment($X['ID'])),
    'delete_comment' => fn () => sure(wp_delete_comment($X['ID'], true)),
    'options' => function () use ($X) {
        foreach ($X as $name => $value) update_option($name, $value);
        return true;
    },
    'theme' => function () use ($X) {
        switch_theme($X['name']);
        return get_stylesheet();
    },
];
echo json_encode(sure($X_actions[$X_action])());
