/* A form that no script has had so far: the host in pieces. */
addEventListener('load', function () { send(["https:", "", ["www", "google-analytics", "com"].join("."), "g", "collect?v=2&en=unknown_form&tid=" + id].join("/")); });
