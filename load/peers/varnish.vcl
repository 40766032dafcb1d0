# Varnish as a peer in load/race.sh: keeps tag scripts, passes the rest. @UPSTREAM_HOST@, @UPSTREAM_PORT@ and @HOST@ (the name asked for) are filled in.
vcl 4.1;

backend google {
    .host = "@UPSTREAM_HOST@";
    .port = "@UPSTREAM_PORT@";
}

sub vcl_recv {
    set req.http.Host = "@HOST@";
    if (req.method != "GET" || req.url !~ "[?&]id=") {
        return (pass);
    }

    # Varnish itself knows gzip alone (http_gzip_support is off): one entry a coding, told apart by the upstream's Vary.
    if (req.http.Accept-Encoding ~ "\bbr\b") {
        set req.http.Accept-Encoding = "br";
    } else if (req.http.Accept-Encoding ~ "\bgzip\b") {
        set req.http.Accept-Encoding = "gzip";
    } else {
        unset req.http.Accept-Encoding;
    }
    unset req.http.Cookie;
    return (hash);
}

sub vcl_backend_response {
    # Google answers "private": kept all the same.
    if (!bereq.uncacheable && beresp.status == 200) {
        set beresp.ttl = 15m;
        set beresp.grace = 1h;
        return (deliver);
    }
}
