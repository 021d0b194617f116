<?php // Must-use plugin: the option test_rest_off turns the REST API off, as privacy plugins do.
if (get_option('test_rest_off')) {
    add_filter('rest_authentication_errors', fn () => new WP_Error('rest_disabled', 'The REST API is off.', ['status' => 401]));
    remove_action('wp_head', 'rest_output_link_wp_head');
    remove_action('template_redirect', 'rest_output_link_header', 11);
}
