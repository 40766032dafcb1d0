using TagGateway.Configuration;
using TagGateway.Html;
using TagGateway.Pages;

namespace TagGateway.Tests.Pages;

public sealed class PageRulesTests
{
    [Theory]
    [InlineData("", "", "/a", true)]
    [InlineData("/blog/*", "", "/blog/a", true)]
    [InlineData("/blog/*", "", "/shop", false)]
    [InlineData("", "/blog/*", "/blog/a", false)]
    [InlineData("/blog/*", "*/print", "/blog/print", false)]
    [InlineData("/a /b", "", "/b", true)]
    public void Covers_Path_IsIncludedAndNotExcluded(string include, string exclude, string path, bool expected)
    {
        var rules = SomePages.Rules(options =>
        {
            options.Include = [.. include.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
            options.Exclude = [.. exclude.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        });

        Assert.Equal(expected, rules.Covers(path));
    }

    [Fact]
    public void Fingerprint_WhateverDecidesTheRewriting_ChangesIt()
    {
        PageRules[] all =
        [
            SomePages.Rules(),
            SomePages.Rules(path: "/f808"),
            SomePages.Rules(isFull: true),
            SomePages.Rules(ids: ["G-MAIN1", "G-OTHER2"]),
            SomePages.Rules(ids: ["G-OTHER2", "G-MAIN1"]),
            SomePages.Rules(options => options.Tag = PageTagHandling.Inject),
            SomePages.Rules(Inject(options => options.Position = InjectPosition.HeadEnd)),
            SomePages.Rules(Inject(options => options.ConsentDefault = new ConsentOptions { AdStorage = ConsentChoice.Denied })),
            SomePages.Rules(Inject(options => options.ConsentDefault = new ConsentOptions { AdStorage = ConsentChoice.Granted })),
        ];

        Assert.Equal(all.Length, all.Select(rules => rules.Fingerprint).Distinct().Count());
        Assert.All(all, rules => Assert.Matches("^[0-9a-f]{16}$", rules.Fingerprint));
        Assert.Equal(SomePages.Rules().Fingerprint, all[0].Fingerprint);
        Assert.Equal(all[0].Fingerprint, all[0].FingerprintOfPieces);
        Assert.NotEqual(all[5].Fingerprint, all[5].FingerprintOfPieces);
    }

    [Fact]
    public void Fingerprint_WhichPagesAreTouched_DoesNotChangeIt() =>
        Assert.Equal(SomePages.Rules().Fingerprint, SomePages.Rules(options => options.Exclude = ["/a"]).Fingerprint);

    [Theory]
    [InlineData(PageTagHandling.Leave, true)]
    [InlineData(PageTagHandling.Inject, false)]
    public void Parse_LeftOrDisabled_IsNull(object handling, bool enabled) =>
        Assert.Null(PageRules.Parse(new PageOptions { Tag = (PageTagHandling)handling }, enabled, ["G-A"], "/f807", isFull: false, "page", new ConfigurationErrors()));

    [Fact]
    public void Parse_Inject_IsThePlanOfTheSite()
    {
        var plan = SomePages.Rules(Inject(options => options.ConsentDefault = new ConsentOptions
        {
            AdStorage = ConsentChoice.Denied,
            SecurityStorage = ConsentChoice.Granted,
            Region = ["us-ca", "DE"],
            WaitForUpdate = 500,
        }), isFull: true).Tags;

        Assert.Equal(("G-MAIN1", "/f807", true, InjectPosition.AfterConsent), (plan.MainTag, plan.Path, plan.IsFull, plan.Inject));
        Assert.Equal("""{"ad_storage":"denied","security_storage":"granted","region":["US-CA","DE"],"wait_for_update":500}""", plan.ConsentDefault);
    }

    [Fact]
    public void Parse_Rewrite_InjectsNothing()
    {
        var plan = SomePages.Rules(options => options.ConsentDefault = new ConsentOptions { AdStorage = ConsentChoice.Denied }).Tags;

        Assert.Equal((null, null), (plan.Inject, plan.ConsentDefault));
    }

    private static Action<PageOptions> Inject(Action<PageOptions> change) => options =>
    {
        options.Tag = PageTagHandling.Inject;
        change(options);
    };
}
