/* Where Tag Assistant would begin. */
(function () { window.google_tag_data = window.google_tag_data || {}; window.google_tag_data.synthetic_debugger = true; })();
