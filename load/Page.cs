#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
using System.Text;

// A page for load/race.sh: `dotnet run load/Page.cs -- BYTES FILE [ID]` writes FILE. Synthetic, but of the make of a shop's or a magazine's: a head with styles and
// inline scripts, cards of links and pictures, SVG icons, text, more scripts at its end; a tag every fifty bytes or so. With an ID it holds Google's tag
// in its head. The same arguments make the same bytes.
var (bytes, file, id) = (int.Parse(args[0]), args[1], args.ElementAtOrDefault(2));
var random = new Random(20261123);
string[] words = [.. Enumerable.Range(0, 1500).Select(_ => Letters(2, 10))];
string[] cards =
[
    """<article class="card card--W" data-id="D"><a class="card__link" href="/W/W-D" title="W W"><img class="card__image" src="/images/W-D.webp" alt="W W W" width="320" height="240" loading="lazy"></a>""" + "\n"
    + """<h3 class="card__title">W W W</h3><p class="card__text">W W W W W, W W &amp; W W W. W W W W.</p><div class="card__foot"><span class="price">D,D&nbsp;€</span><button type="button" class="button" aria-label="W">W</button></div></article>""" + "\n",
    "<p>W W W W, W W W W <em>W</em> W W W W W. W W <strong>W W</strong> W W W W W W W W <a href=\"/W/W\">W W</a>; W W W W W W W. W W W W W W W W W W W W W W W W W.</p>\n",
    """<li class="menu__item"><a href="/W/W"><svg class="icon" width="24" height="24" viewBox="0 0 24 24" aria-hidden="true"><path d="MD D.DhD.DvDcD.D-D.D-D D-Dz"/><path fill="none" d="MD DhDvDH0z"/></svg><span>W</span></a></li>""" + "\n",
    """<div class="W W-D"><div class="W__inner"><div class="W__cell"><span class="W">W</span></div><div class="W__cell W__cell--W" style="--W:D%">W W</div></div></div>""" + "\n",
    "<script>window.W=window.W||[];W.push({\"W\":\"W W\",\"W\":D,\"W\":[D,D,D],\"W\":{\"W\":\"W\"}});if(D<W.length){W(\"W\")}</script>\n",
    "<!-- W W -->\n",
];

var page = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>A page</title>\n");
if (id is not null)
{
    page.Append($"<script async src=\"https://www.googletagmanager.com/gtag/js?id={id}\"></script>\n<script>window.dataLayer=window.dataLayer||[];function gtag(){{dataLayer.push(arguments)}}gtag('js',new Date());gtag('config','{id}');</script>\n");
}

page.Append("<style>");
for (var rule = 0; rule < 60; rule++)
{
    page.Append(Fill(".W__W--D{display:flex;padding:Dpx Dpx;color:#D;border-radius:Dpx}"));
}

page.Append("</style>\n</head>\n<body class=\"page\">\n<main>\n");
const string End = "</main>\n</body>\n</html>\n";
while (Fill(cards[random.Next(cards.Length)]) is var card && Encoding.UTF8.GetByteCount(card) + page.Length + 64 < bytes)
{
    page.Append(card);
}

page.Append(' ', Math.Max(bytes - Encoding.UTF8.GetByteCount(page.ToString()) - End.Length, 0)).Append(End);
File.WriteAllText(file, page.ToString(), new UTF8Encoding(false));

string Letters(int least, int most) => new([.. Enumerable.Range(0, random.Next(least, most + 1)).Select(_ => (char)('a' + random.Next(26)))]);

string Fill(string form) => string.Concat(form.Select(letter => letter switch
{
    'W' => words[random.Next(words.Length)],
    'D' => random.Next(100).ToString(),
    _ => letter.ToString(),
}));
