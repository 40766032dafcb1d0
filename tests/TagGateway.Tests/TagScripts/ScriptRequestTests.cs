using TagGateway.TagScripts;

namespace TagGateway.Tests.TagScripts;

public sealed class ScriptRequestTests
{
    [Theory]
    [InlineData("/", "", nameof(ScriptEndpoint.Tag))]
    [InlineData("/", "?id=G-A1", nameof(ScriptEndpoint.Tag))]
    [InlineData("//", "?id=G-A1", nameof(ScriptEndpoint.Tag))]
    [InlineData("/gtm.js", "?id=GTM-A1", nameof(ScriptEndpoint.Tag))]
    [InlineData("/gtag/js", "?id=G-A1", nameof(ScriptEndpoint.Tag))]
    [InlineData("/gtag.js", "?id=G-A1", nameof(ScriptEndpoint.Tag))]
    [InlineData("/gtag/js/", "?id=G-A1", nameof(ScriptEndpoint.Tag))]
    [InlineData("/GTM.JS", "?id=GTM-A1", nameof(ScriptEndpoint.Tag))]
    [InlineData("/gtag%2Fjs", "?id=G-A1", nameof(ScriptEndpoint.Tag))]
    [InlineData("/g%74m.js", "?id=GTM-A1", nameof(ScriptEndpoint.Tag))]
    [InlineData("/gtm%2ejs", "", nameof(ScriptEndpoint.Tag))]
    [InlineData("/gtag/destination", "?id=AW-1", nameof(ScriptEndpoint.Destination))]
    [InlineData("/gtd", "?id=AW-1", nameof(ScriptEndpoint.Destination))]
    [InlineData("/gtd/", "?id=AW-1", nameof(ScriptEndpoint.Destination))]
    [InlineData("/Gtd", "?id=AW-1", nameof(ScriptEndpoint.Destination))]
    public void Parse_AddressOfAScript_IsItsEndpoint(string subPath, string query, string expected) =>
        Assert.Equal(expected, ScriptRequest.Parse(subPath, query, isLoad: true)?.Endpoint.ToString());

    [Theory]
    [InlineData("/ag/g/c", "?tid=G-A1")]
    [InlineData("/g/collect", "?id=G-A1")]
    [InlineData("/a", "?id=GTM-A1")]
    [InlineData("/td", "?id=GTM-A1")]
    [InlineData("/healthy", "")]
    [InlineData("/_/service_worker/65j1/sw.js", "")]
    [InlineData("/_/set_cookie", "?p=%2F&ce=1")]
    [InlineData("/gtm.js.map", "")]
    [InlineData("/gtag", "?id=G-A1")]
    [InlineData("/gtag/jsx", "?id=G-A1")]
    [InlineData("/x/gtm.js", "?id=GTM-A1")]
    [InlineData("//gtm.js", "?id=GTM-A1")]
    [InlineData("/gtdx", "?id=AW-1")]
    [InlineData("/ns.html", "?id=GTM-A1")]
    public void Parse_AnyOtherAddress_IsNoScripts(string subPath, string query) => Assert.Null(ScriptRequest.Parse(subPath, query, isLoad: true));

    [Theory]
    [InlineData("?validate_geo=healthy", false)]
    [InlineData("?x=1&validate_geo=healthy", false)]
    [InlineData("?validate_geo=healthy&id=G-A1", true)]
    [InlineData("?id=G-A1&validate_geo=healthy", true)]
    public void Parse_QuestionAboutGeo_IsAScriptsOnlyWithAnId(string query, bool expected) =>
        Assert.Equal(expected, ScriptRequest.Parse("/", query, isLoad: true) is not null);

    [Theory]
    [InlineData("/", "", false)]
    [InlineData("/", "?v=2&tid=G-A1", false)]
    [InlineData("/", "?id=", false)]
    [InlineData("/", "?id=G-A1", true)]
    [InlineData("/", "?x=1&ID=G-A1", true)]
    [InlineData("/gtm.js", "", true)]
    [InlineData("/gtag/js", "?id=G-A1", true)]
    [InlineData("/gtd", "?id=AW-1", true)]
    [InlineData("/ag/g/c", "?id=G-A1", false)]
    public void Parse_PostToTheRoot_IsAHitUnlessItNamesATag(string subPath, string query, bool expected) =>
        Assert.Equal(expected, ScriptRequest.Parse(subPath, query, isLoad: false) is not null);

    [Theory]
    [InlineData("", "")]
    [InlineData("?", "")]
    [InlineData("?id=G-A1", "G-A1")]
    [InlineData("?ID=G-A1", "G-A1")]
    [InlineData("?Id=g-a1", "g-a1")]
    [InlineData("?i%64=G-A1", "G-A1")]
    [InlineData("?%69%64=G-A1", "G-A1")]
    [InlineData("?%2569d=G-A1", "G-A1")]
    [InlineData("?+id=G-A1", "G-A1")]
    [InlineData("?id+=G-A1", "G-A1")]
    [InlineData("?id=G%2DA1", "G-A1")]
    [InlineData("?id=G%252DA1", "G-A1")]
    [InlineData("?id=+G-A1+", "G-A1")]
    [InlineData("?id=%20G-A1", "G-A1")]
    [InlineData("?id=G-A1=", "G-A1=")]
    [InlineData("?id=G-A1&id=G-B2", "G-A1 G-B2")]
    [InlineData("?id=G-A1;id=G-B2", "G-A1 G-B2")]
    [InlineData("?l=x;id=G-B2&cx=c", "G-B2")]
    [InlineData("?id=G-A1&x=1&iD=G-B2", "G-A1 G-B2")]
    [InlineData("?id&id=&id=G-A1", "G-A1")]
    [InlineData("?xid=G-A1&id_=G-B2&tid=G-C3", "")]
    [InlineData("?x=id=G-A1", "")]
    [InlineData("?=G-A1", "")]
    public void Parse_Query_NamesEveryIdHoweverSpelled(string query, string expected)
    {
        var script = ScriptRequest.Parse("/", query, isLoad: true);

        Assert.Equal(expected, string.Join(' ', script!.Ids)); // the root is a script's
    }

    /// <summary>These leave for Google as they came, beside the site's own id; the script that comes back is judged (<see cref="ScriptGuard"/>).</summary>
    [Theory]
    [InlineData("?id=G-A1&id%00=GTM-EVIL")]
    [InlineData("?id=G-A1&id[]=GTM-EVIL")]
    [InlineData("?id=G-A1&id%5b%5d=GTM-EVIL")]
    [InlineData("?id=G-A1&x=1%26id=GTM-EVIL")]
    [InlineData("?id=G-A1&x=1%3Bid=GTM-EVIL")]
    [InlineData("?id=G-A1&%252569d=GTM-EVIL")]
    [InlineData("?id=G-A1&%c1%a9d=GTM-EVIL")]
    [InlineData("?id=G-A1&%u0069d=GTM-EVIL")]
    [InlineData("?id=G-A1&?id=GTM-EVIL")]
    [InlineData("?id=G-A1&%ef%bd%89%ef%bd%84=GTM-EVIL")]
    public void Parse_IdThatOnlyOddServersFind_IsSomeParameterAndOdd(string query)
    {
        var script = ScriptRequest.Parse("/", query, isLoad: true);

        Assert.Equal(("G-A1", query["?id=G-A1".Length..], false), (string.Join(' ', script!.Ids), script.Parameters, script.IsOrdinary)); // the root is a script's
    }

    [Theory]
    [InlineData("?id=G-A1", "")]
    [InlineData("?id=G-A1&l=layer&cx=c&gtm=4e65j1", "&l=layer&cx=c&gtm=4e65j1")]
    [InlineData("?cx=c&id=G-A1&l=a%2526b", "&cx=c&l=a%2526b")]
    [InlineData("?id=G-A1&&richsstsse", "&richsstsse")]
    [InlineData("?a=1;b=2", "&a=1&b=2")]
    [InlineData("?a=?&b==", "&a=?&b==")]
    public void Parse_Query_KeepsTheOtherParametersRaw(string query, string expected) =>
        Assert.Equal(expected, ScriptRequest.Parse("/gtag/js", query, isLoad: true)?.Parameters);

    [Theory]
    [InlineData("?id=G-A1&cx=c", nameof(ScriptEndpoint.Tag), "G-A1", "&cx=c")]
    [InlineData("gtd?id=AW-1&l=x", nameof(ScriptEndpoint.Destination), "AW-1", "&l=x")]
    [InlineData("gtag/js?id=G-A1", nameof(ScriptEndpoint.Tag), "G-A1", "")]
    [InlineData("?", nameof(ScriptEndpoint.Tag), "", "")]
    public void ParseHidden_ScriptInAToken_IsThatScript(string text, string endpoint, string ids, string parameters)
    {
        var script = ScriptRequest.ParseHidden(text);

        Assert.NotNull(script);
        Assert.Equal((endpoint, ids, parameters), (script.Endpoint.ToString(), string.Join(' ', script.Ids), script.Parameters));
    }

    [Theory]
    [InlineData("_/set_cookie?p=%2F&ce=1&d=auto:shop.example&FPAU=x")]
    [InlineData("ag/g/c?v=2&id=G-A1")]
    [InlineData("?validate_geo=healthy")]
    [InlineData("gtd")]
    [InlineData("")]
    public void ParseHidden_AnythingElseInAToken_IsNoScript(string text) => Assert.Null(ScriptRequest.ParseHidden(text));
}
