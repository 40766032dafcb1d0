# The cases of load/race.sh: what is asked for and what must come back. A new one: its name in the list and case_NAME, which says
#   title WORDS                         what the results call it
#   ask METHOD TARGET BODY HEADER...    the request, on top of a browser's headers; $server and $url are the one that is asked
#   expect STATUS cache|upstream [CODING FILE]   "cache": the upstream must not be asked, "upstream": every request must arrive there;
#                                       the body must be that file, in that coding (br, gzip, identity)
cases=(script-br script-identity not-modified small query body page-40 page-200 page-2000)
[[ -z ${RACE_CASES-} ]] || read -ra cases <<< "$RACE_CASES"

case_script-br() {
    title "tag script of 450 KB, cached, br (150 KB)"
    ask GET "/f807/?id=G-RACE1" "" "Accept-Encoding: br"
    expect 200 cache br scripts/G-RACE1.js
}

case_script-identity() {
    title "the same, not compressed"
    ask GET "/f807/?id=G-RACE1" "" "Accept-Encoding: identity"
    expect 200 cache identity scripts/G-RACE1.js
}

case_not-modified() {
    title "the same, br, revalidated: the browser has it"
    ask GET "/f807/?id=G-RACE1" "" "Accept-Encoding: br" "If-None-Match: $(etag "/f807/?id=G-RACE1" br)"
    expect 304 cache
}

case_small() {
    title "script of 1 KB, cached, not compressed"
    ask GET "/f807/?id=G-RACE2" "" "Accept-Encoding: identity"
    expect 200 cache identity scripts/G-RACE2.js
}

page_view="v=2&tid=G-RACE1&gtm=45je51&_p=1700000000&cid=1234567890.1700000000&ul=en-us&sr=1920x1080&en=page_view&dl="
page_view+=$(printf "%$((1024 - ${#page_view}))s" | tr ' ' x)
events=$(printf 'en=scroll&_et=1000&epn.percent_scrolled=90\r\n%.0s' {1..6}; echo .)
hit_headers=("Accept-Encoding: gzip, deflate, br, zstd" "Content-Type: text/plain;charset=UTF-8")

case_query() {
    title "hit sent on: POST, query of 1 KB, no body"
    ask POST "/f807/g/collect?$page_view" "" "${hit_headers[@]}"
    expect 204 upstream
}

case_body() {
    title "hit sent on: the same with a batch of events (264 bytes) as its body"
    ask POST "/f807/g/collect?$page_view" "${events%.}" "${hit_headers[@]}"
    expect 204 upstream
}

case_page-40() { page 40; }
case_page-200() { page 200; }
case_page-2000() { page 2000; }

# page KB: of the website, with Google's tag in its head (load/Page.cs).
page() {
    title "page of $1 KB with a tag, proxied and rewritten (\`passes\`: as it is)"
    method=GET target=/pages/$1.html body='' headers=("${visit[@]}" "${browser[@]}")
    expect 200 upstream identity "$([[ -v passes[$server] ]] || echo rewritten/)pages/$1.html"
}

# Who races in the case.
racers() {
    local server
    for server in "${servers[@]}"; do
        set_case
        if [[ $target == /pages/* ]]; then
            [[ -v no_pages[$server] ]] || echo "$server"
        elif [[ ! -v only_pages[$server] && ! ($source == cache && -v keeps_nothing[$server]) ]]; then
            echo "$server"
        fi
    done
}

# Asks of the case itself what it is: for the one server whose turn it is (its ETags are its own).
set_case() { url=http://127.0.0.1:${port[$server]} && "case_$case"; }

title() { title=$*; }
ask() { method=$1 target=$2 body=$3 headers=("${hit[@]}" "${browser[@]}" "${@:4}"); }
expect() { status=$1 source=$2 coding=${3-} file=${4-}; }

# etag TARGET CODING: what the server calls its body; nothing when it has no name for it.
etag() { curl --silent --max-time 5 --output /dev/null --dump-header - --header "Accept-Encoding: $2" "$url$1" | header_of etag; }

browser=(
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
    "Referer: http://www.shop.example/products/1"
    "Accept-Language: en-US,en;q=0.9"
    'Sec-CH-UA: "Chromium";v="140", "Not=A?Brand";v="24", "Google Chrome";v="140"'
    "Sec-CH-UA-Mobile: ?0"
    'Sec-CH-UA-Platform: "Linux"'
    "Sec-Fetch-Site: same-origin"
    'Cookie: session=0123456789abcdef0123456789abcdef; theme=light; _ga=GA1.1.1234567890.1700000000; _ga_RACE1=GS2.1.s1700000000$o1$g0$t1700000000$j60$l0$h0'
)

hit=("Origin: http://www.shop.example" "Accept: */*" "Sec-Fetch-Dest: empty" "Sec-Fetch-Mode: no-cors")
visit=("Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" "Sec-Fetch-Dest: document" "Sec-Fetch-Mode: navigate" "Upgrade-Insecure-Requests: 1")
