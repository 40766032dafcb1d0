using Microsoft.AspNetCore.Http;
using TagGateway.Html;
using TagGateway.Pages;

namespace TagGateway.Tests.Pages;

public class PageLinksTests
{
    [Theory]
    [InlineData("<https://www.googletagmanager.com>; rel=preconnect", "")]
    [InlineData("<https://www.googletagmanager.com>; rel=\"preconnect dns-prefetch\"; crossorigin, </a.css>; rel=preload; as=style", "</a.css>; rel=preload; as=style")]
    [InlineData("</a.css>;rel=preload;as=style,<//googletagmanager.com/>; REL=DNS-PREFETCH ,</b.js>; rel=preload", "</a.css>;rel=preload;as=style, </b.js>; rel=preload")]
    [InlineData("<https://www.google-analytics.com>; rel=preconnect", "")]
    [InlineData("<https://www.googletagmanager.com/gtag/js?id=G-MAIN1>; rel=preload; as=script", "</f807/?id=G-MAIN1>; rel=preload; as=script")]
    [InlineData("<https://www.googletagmanager.com/gtag/js?id=G-OTHER>; rel=preload; as=script", null)]
    [InlineData("<https://fonts.gstatic.com>; rel=preconnect", null)]
    [InlineData("<https://www.googletagmanager.com/a>; rel=next", null)]
    [InlineData("<https://www.googletagmanager.com>; title=\"rel=preconnect\"", null)]
    [InlineData("<https://www.googletagmanager.com.evil.example>; rel=preconnect", null)]
    [InlineData("<https://www.googletagmanager.com>; rel=preconnect; title=\"half, </b>; rel=next", null)]
    [InlineData("</a,b>;  rel=next ,  </c>; title=\"x, <y>\"; rel=last", null)]
    [InlineData("https://www.googletagmanager.com; rel=preconnect", null)]
    [InlineData(",,", null)]
    public void Fit_Links_AreMadeFirstPartyAsThoseInMarkup(string line, string? expected)
    {
        var headers = new HeaderDictionary { ["Link"] = line };

        PageLinks.Fit(headers, new TagPlan(["G-MAIN1"]) { Path = "/f807", IsFull = true });

        Assert.Equal(expected ?? line, headers["Link"].ToString());
        Assert.Equal(expected != "", headers.ContainsKey("Link"));
    }

    [Fact]
    public void Fit_SeveralLines_ChangesOnlyItsOwn()
    {
        var headers = new HeaderDictionary { ["Link"] = new(["</a> ;rel=next", "<https://www.googletagmanager.com>; rel=preconnect", "</b>;rel=prev"]) };

        PageLinks.Fit(headers, new TagPlan(["G-MAIN1"]) { Path = "/f807" });

        Assert.Equal("</a> ;rel=next|</b>;rel=prev", string.Join("|", headers["Link"].ToArray()));
    }

    [Fact]
    public void Fit_MeasuringHostsWithoutFullCoverage_Stay()
    {
        var headers = new HeaderDictionary { ["Link"] = "<https://www.google-analytics.com>; rel=preconnect" };

        PageLinks.Fit(headers, new TagPlan(["G-MAIN1"]) { Path = "/f807" });

        Assert.Single(headers["Link"]);
    }
}
