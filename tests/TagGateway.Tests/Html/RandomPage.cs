using System.Globalization;
using System.Text;
using TagGateway.Html;

namespace TagGateway.Tests.Html;

/// <summary>Makes up pages: as websites write them, such ones broken, and a soup of everything. The same seed makes the same page.</summary>
internal sealed class RandomPage
{
    public const string Google = "https://www.googletagmanager.com";
    private static readonly string[] Ids = ["G-MAIN1", "G-MAIN1", "AW-22", "GTM-ABC1", "G-OTHER", "GTM-ELSE", "G-MAIN1;id=G-OTHER"];

    /// <summary>What soup is made of, besides whole pieces of pages.</summary>
    public static readonly string[] Tokens =
    [
        "<", ">", "</", "/>", "\"", "'", "=", "/", "&", "\0", "\r", "\n", "\r\n", "\f", "\t", " ", "-", "--", "!", "<!--", "-->", "--!>", "<!-->", "<!--->", "<!--!>", "<!----!>", "<!--<!-->", "<!", "<!>", "<?", "<?xml ?>",
        "<?php echo '>' ?>", "</>", "</ x>", "</3", "<3", "<!doctype html>", "<!DOCTYPE html PUBLIC \"-//W3C//DTD > XHTML\" 'x>'>", "<!doctype", "<![CDATA[", "]]>", "]]", "<![cdata[x]]>", "<!--[if IE]>", "<![endif]-->",
        "<script", "<script>", "<script ", "</script", "</script>", "</script >", "</scr", "ipt>", "</SCRIPT/>", "<scriptx>", "<script/", "<script src=", "src=", "integrity=", "integrity='x'", "src=\"", "<scr\0ipt>", "<style>", "</style>",
        "<style/>", "<title>", "</title>", "<textarea>", "</textarea>", "<xmp>", "</xmp>", "<iframe>", "</iframe>", "<noembed>", "</noembed>", "<noframes>", "</noframes>", "<noscript>", "</noscript>", "<plaintext>", "<template>",
        "</template>", "<TEMPLATE a>", "<svg>", "</svg>", "<svg/>", "<SVG ", "<math>", "</math>", "<mi>", "</mi>", "<mglyph>", "<malignmark>", "<annotation-xml>", "<annotation-xml encoding='text/html'>", "</annotation-xml>",
        "<foreignObject>", "</foreignObject>", "<desc>", "</desc>", "<g>", "</g>", "<path d='M0'/>", "<a>", "</a>", "<select>", "</select>", "<option>", "<input>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<colgroup>", "<caption>",
        "<form>", "</form>", "<p>", "</p>", "<div>", "</div>", "<br>", "</br>", "<b>", "</b>", "<font>", "<font color=x>", "</font>", "<html>", "</html>", "<head>", "</head>", "<body>", "</body>", "<frameset>", "<meta>", "<link>",
        "<li>", "<button>", "</button>", "<image>", "<img src=x onerror='a>b'>", "<ruby>", "<rt>", "<x-icon>", "</x-icon>", "text", "\u00c3\u00a9", "\u00ff\u00fe", "\u00ef\u00bb\u00bf", "a < b", "a=b", "x=1 y='2' z=\"3\"", "\"a'b\"",
    ];

    private readonly Random _random;
    private readonly StringBuilder _page = new();
    private int _depth;

    public RandomPage(int seed)
    {
        _random = new Random(seed);
        var shape = _random.Next(10);
        IsWellFormed = shape < 5;
        HasTags = _random.Next(10) > 2;
        if (shape < 8)
        {
            Document();
        }
        else
        {
            Soup();
        }

        var text = _page.ToString();
        Bytes = Encoding.Latin1.GetBytes(IsWellFormed || shape > 7 ? text : Break(text));
        Plan = MakePlan();
    }

    public byte[] Bytes { get; }

    public PagePlan Plan { get; }

    /// <summary>A document that a validator would pass: nothing may be in doubt, and an injected tag stands where it is wanted.</summary>
    public bool IsWellFormed { get; }

    /// <summary>It may hold tags of Google's.</summary>
    public bool HasTags { get; }

    private PagePlan MakePlan()
    {
        var tags = _random.Next(2) == 0 ? new[] { "G-MAIN1", "AW-22", "GTM-ABC1" } : ["GTM-ABC1", "G-MAIN1", "AW-22"];
        var plan = new TagPlan(tags)
        {
            Path = "/f807",
            IsFull = _random.Next(2) == 0,
            Inject = _random.Next(2) == 0 ? null : (InjectPosition)_random.Next(3),
            ConsentDefault = _random.Next(2) == 0 ? null : "{\"ad_storage\":\"denied\"}",
        };
        return new PagePlan(plan, ContentPolicies.None) { NamesCharset = _random.Next(2) == 0, Origin = _random.Next(2) == 0 ? null : "https://www.shop.example" };
    }

    private void Document()
    {
        Add(Pick("", "", "\u00ef\u00bb\u00bf", " ", "<!-- first -->\n"));
        Add(Pick("<!doctype html>", "<!DOCTYPE html>\r\n", "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n", "<!DOCTYPE html SYSTEM 'about:legacy-compat'>"));
        Add(Pick("<html>", "<html lang=\"de\">\n", "<HTML class='no-js' data-a=\"<head>\">"));
        Add(Pick("<head>", "<head>\n", "<head prefix=\"og: http://ogp.me/ns#\">"));
        Add(Pick("<meta charset=\"utf-8\">", "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\" />", "<meta charset=utf-8>\n"));
        Repeat(5, HeadPiece);
        Add(Pick("</head>", "\n</head>\n", "</HEAD >"));
        Add(Pick("<body>", "<body class=\"home\" onload=\"a('</body>')\">", "<body>\n"));
        Repeat(6, BodyPiece);
        Add(Pick("</body></html>", "</body>\n</html>\n", "</body></html><!-- served -->"));
    }

    private void HeadPiece()
    {
        switch (_random.Next(13))
        {
            case 0: Add("<title>Shop < & <script> " + Pick("", "\u00c3\u00bc", "</tit le>") + "</title>"); break;
            case 1: Add("<link rel=\"stylesheet\" href=\"/a.css?x=1&amp;y=2\">"); break;
            case 2: Add(Pick($"<link rel=preconnect href={Google}>", "<link rel=\"dns-prefetch\" href=\"//www.googletagmanager.com\">", "<link rel='preconnect' href='https://www.google-analytics.com' crossorigin />", "<link rel=preconnect href=https://fonts.example>")); break;
            case 3: Add($"<link rel=\"preload\" as=\"script\" href=\"{TagUrl()}\">"); break;
            case 4: Add("<style>a > b { content: '</styl" + "e' } /* <script> <!-- */</style>"); break;
            case 5: Add("<meta name=\"description\" content=\"a > b 'c' <script>\">"); break;
            case 6: Add("<!--[if lt IE 9]><script src=\"/html5shiv.js\"></script><![endif]-->"); break;
            case 7: Add("<noscript><link rel=stylesheet href=/n.css></noscript>"); break;
            case 8: Add(Pick("<script src=\"https://cdn.cookielaw.org/scripttemplates/otSDKStub.js\" data-domain-script=\"1-2\"></script>", "<script>function OptanonWrapper(){}</script>")); break;
            case 9: Add("<script type=\"application/ld+json\">{\"a\":\"<b>\"}</script>"); break;
            default: Script(); break;
        }

        Space();
    }

    private void BodyPiece()
    {
        if (++_depth > 4)
        {
            Add("deep");
            _depth--;
            return;
        }

        switch (_random.Next(22))
        {
            case 0: Add("<p>text " + Pick("&amp; < 3", "a<b", "\u00c3\u00a9\u00ff", "1 &lt; 2") + "</p>"); break;
            case 1: In("div class='a b' data-x=\"<p>\"", "div"); break;
            case 2: In("section id=x", "section"); break;
            case 3: Add("<a href=\"/?a=1&b=2\" title='say \"<script>\"'>link<br/>more</a>"); break;
            case 4: Add("<table><caption>c</caption><colgroup><col><col></colgroup><thead><tr><th>a</th></tr></thead><tbody><tr><td>"); Repeat(1, BodyPiece); Add("</td></tr></tbody></table>"); break;
            case 5: Add("<form action=/s method=post><select name=a><option value=1 selected>One<option value=2>Two</select><textarea><script src=x></textarea><input type=text value='>'></form>"); break;
            case 6: Svg(); break;
            case 7: Add("<math><mi>x</mi><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac><mtext>a <b>b</b></mtext></math>"); break;
            case 8: Add("<template id=t><div>"); Repeat(2, BodyPiece); Add("</div></template>"); break;
            case 9: Add("<iframe srcdoc=\"<script src='" + Google + "/gtag/js?id=G-MAIN1'></script>\" src=/f></iframe>"); break;
            case 10: Add($"<noscript><iframe src=\"{Google}/ns.html?id={Pick(Ids)}\"\nheight=\"0\" width=\"0\" style=\"display:none;visibility:hidden\"></iframe></noscript>"); break;
            case 11: Add(Pick("<!-- a -- b -->", "<!---->", "<!-- <script src='" + Google + "/gtm.js?id=GTM-ABC1'></script> -->", "<!--a--!>", "<!-->", "<!--->")); break;
            case 12: Add("<img src=/a.png alt=\"a > b\"><hr><br>"); break;
            case 13: Add("<pre>\n<code>if (a &lt; b)</code></pre>"); break;
            case 14: Add("<ul><li>one<li>two</ul><dl><dt>a<dd>b</dl>"); break;
            case 15: Add("<button type=button onclick=\"a('</button>')\">B</button>"); break;
            case 16: Add("<script type=\"text/template\"><div><script src=x><\\/script></div></script>"); break;
            default: Script(); break;
        }

        Space();
        _depth--;
    }

    private void Svg()
    {
        Add(Pick("<svg viewBox=\"0 0 1 1\">", "<svg xmlns='http://www.w3.org/2000/svg' class=i>", "<SVG>"));
        Repeat(3, () => Add(Pick(
            "<path d=\"M0 0\"/>", "<g><circle r=1></circle></g>", "<title>t</title>", "<desc>d<![CDATA[ <b> ]]></desc>", "<style>.a{fill:red}</style>", "<script>a<b</script>", "<![CDATA[ > <script> ]]>", "<a href=#x><text>t</text></a>",
            "<foreignObject><div><p>x</p><br></div></foreignObject>", "<linearGradient id=g><stop offset=1 /></linearGradient>", $"<script href='{TagUrl()}'></script>", "<use href=\"#i\"/>", "<!-- c -->", "\n  ")));
        Add("</svg>");
    }

    private void Script()
    {
        if (!HasTags || _random.Next(3) == 0)
        {
            Add(Pick(
                "<script>var a='</scr'+'ipt>',b=1<2;</script>", "<script src=\"/app.js\" defer></script>", "<script><!--\nvar a;\n//--></script>", "<script>a='<!--<script>';b='</script>-->'</script>", "<script async src=//cdn.example/a.js></script>",
                "<script type=module>import a from '/a.js'</script>", "<script>if(a<b&&c>d){document.write('<p>x<\\/p>')}</script>", "<script nomodule src=/old.js></script>", "<script></script>"));
            return;
        }

        var id = Pick(Ids);
        switch (_random.Next(8))
        {
            case 0: Add($"<!-- Global site tag -->\n<script async src=\"{Google}/gtag/js?id={id}\"></script>\n<script>window.dataLayer=window.dataLayer||[];function gtag(){{dataLayer.push(arguments);}}gtag('js',new Date());gtag('config','{id}');</script>"); break;
            case 1: Add("<script>(function(w,d,s,l,i){w[l]=w[l]||[];w[l].push({'gtm.start':\nnew Date().getTime(),event:'gtm.js'});var f=d.getElementsByTagName(s)[0],\nj=d.createElement(s),dl=l!='dataLayer'?'&l='+l:'';j.async=true;j.src=\n'https://www.googletagmanager.com/gtm.js?id='+i+dl;f.parentNode.insertBefore(j,f);\n})(window,document,'script','" + Pick("dataLayer", "layer2") + $"','{id}');</script>"); break;
            case 2: Add("<script src=/f807/></script>"); break;
            default:
                var url = TagUrl();
                Add(_random.Next(8) switch
                {
                    0 => $"<script src={url}></script>",
                    1 => $"<SCRIPT ASYNC SRC='{url}' SRC='/other.js'></SCRIPT>",
                    2 => $"<script integrity=\"sha384-a\" src=\"{url}\" integrity='sha384-b' crossorigin></script>",
                    3 => $"<script\n\tsrc = \"\n{url} \"\r\n type='text/javascript' async/></script>",
                    4 => $"<script type='text/plain' data-category=statistics src=\"{url}\"></script>",
                    5 => $"<script type=application/json src=\"{url}\"></script>",
                    6 => $"<script async=\"\"src='{url}'nonce=abc\n>/* fallback */</script>",
                    _ => $"<script async src=\"{url}\"></script>",
                });
                break;
        }
    }

    private string TagUrl()
    {
        var id = Pick(Ids);
        return _random.Next(12) switch
        {
            0 => $"//www.googletagmanager.com/gtag/js?id={id}",
            1 => $"{Google}/gtag/destination?id={id}&amp;l=dataLayer&amp;cx=c",
            2 => $"{Google}/gtag/js?id={id}&l=dataLayer",
            3 => $"{Google}/gtag/js?id={id}&amp;l=layer2",
            4 => $"{Google}/gtm.js?id={id}&gtm_auth=a&gtm_preview=env-1",
            5 => $"HTTPS://WWW.googletagmanager.com:443/gtm.js?id={id}",
            6 => $"{Google}/gtag/js",
            7 => $"{Google}/a?id={id}",
            8 => $"{Google}&#47;gtag/js?id={id}#x",
            9 => $"https://www.googletagmanager.com.evil.example/gtag/js?id={id}",
            _ => $"{Google}/gtag/js?id={id}",
        };
    }

    private void Soup() => Repeat(40, () =>
    {
        switch (_random.Next(8))
        {
            case 0: BodyPiece(); break;
            case 1: HeadPiece(); break;
            case 2: Script(); break;
            default: Add(Pick(Tokens)); break;
        }
    });

    /// <summary>A few places cut, doubled or filled with tokens.</summary>
    private string Break(string text)
    {
        for (var count = _random.Next(1, 6); count > 0; count--)
        {
            var at = _random.Next(text.Length + 1);
            var length = Math.Min(_random.Next(1, 20), text.Length - at);
            text = _random.Next(5) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, text.Substring(at, length)),
                2 when _random.Next(3) == 0 => text[..at],
                _ => text.Insert(at, Pick(Tokens)),
            };
        }

        return text;
    }

    private void In(string open, string close)
    {
        Add(string.Create(CultureInfo.InvariantCulture, $"<{open}>"));
        Repeat(3, BodyPiece);
        Add($"</{close}>");
    }

    private void Repeat(int most, Action piece)
    {
        for (var count = _random.Next(most + 1); count > 0; count--)
        {
            piece();
        }
    }

    private void Space() => Add(Pick("", "", "\n", "\r\n  ", " "));

    private void Add(string text) => _page.Append(text);

    private string Pick(params string[] texts) => texts[_random.Next(texts.Length)];
}
