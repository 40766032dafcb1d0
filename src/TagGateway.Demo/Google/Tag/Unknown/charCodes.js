/* A form that no script has had so far: the host in character codes. */
addEventListener('load', function () {
  var host = String.fromCharCode(119, 119, 119, 46, 103, 111, 111, 103, 108, 101, 45, 97, 110, 97, 108, 121, 116, 105, 99, 115, 46, 99, 111, 109);
  send("https://" + host + "/g/collect?v=2&en=unknown_form&tid=" + id);
});
