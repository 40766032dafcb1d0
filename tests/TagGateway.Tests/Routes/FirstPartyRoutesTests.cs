using TagGateway.Routes;

namespace TagGateway.Tests.Routes;

public sealed class FirstPartyRoutesTests
{
    [Theory]
    [InlineData("/ga/g/c", "www.google-analytics.com/g/collect")]
    [InlineData("/ag/g/c", "analytics.google.com/g/collect")]
    [InlineData("/g/collect", "www.google-analytics.com/g/collect")]
    [InlineData("/as/d/ccm/conversion", "www.googleadservices.com/ccm/conversion")]
    [InlineData("/as/d/ccm/conversion/123/", "www.googleadservices.com/ccm/conversion/123/")]
    [InlineData("/gs/ccm/conversion", "pagead2.googlesyndication.com/ccm/conversion")]
    [InlineData("/gs/ccm/collect", "pagead2.googlesyndication.com/ccm/collect")]
    [InlineData("/gs/measurement/conversion", "pagead2.googlesyndication.com/measurement/conversion")]
    [InlineData("/g/d/ccm/conversion/123", "www.google.com/ccm/conversion/123")]
    [InlineData("/g/d/ccm/collect", "www.google.com/ccm/collect")]
    [InlineData("/g/measurement/conversion", "www.google.com/measurement/conversion")]
    [InlineData("/d/pagead/form-data/123", "www.google.com/pagead/form-data/123")]
    [InlineData("/d/ccm/form-data/123", "www.google.com/ccm/form-data/123")]
    [InlineData("/mc/collect", "www.merchant-center-analytics.goog/mc/collect")]
    [InlineData("/ddm/activity/src=1;type=a", "ade.googlesyndication.com/ddm/activity/src=1;type=a")]
    [InlineData("/ddm/activity;src=1;type=a", "ade.googlesyndication.com/ddm/activity;src=1;type=a")]
    [InlineData("/a", "www.googletagmanager.com/a")]
    [InlineData("/td", "www.googletagmanager.com/td")]
    public void TryFind_HitOfGooglesContract_IsItsPairsOther(string subPath, string expected) => AssertFound(subPath, expected, RouteKind.Hit);

    [Theory]
    [InlineData("/as/d/pagead/conversion/123/", "www.googleadservices.com/pagead/conversion/123/")]
    [InlineData("/gs/pagead/conversion/123/", "pagead2.googlesyndication.com/pagead/conversion/123/")]
    [InlineData("/g/d/pagead/1p-conversion/123/", "www.google.com/pagead/1p-conversion/123/")]
    public void TryFind_Conversion_MayAnswerWithAScript(string subPath, string expected) => AssertFound(subPath, expected, RouteKind.ScriptAnswer);

    [Theory]
    [InlineData("/", "/gtag/js", "Script")]
    [InlineData("/gtag/js", "/gtag/js", "Script")]
    [InlineData("/gtm.js", "/gtm.js", "Script")]
    [InlineData("/gtag/destination", "/gtag/destination", "Script")]
    [InlineData("/gtd", "/gtag/destination", "Script")]
    [InlineData("/_/service_worker/65j0/sw.js", "/static/service_worker/65j0/sw.js", "Worker")]
    [InlineData("/_/service_worker/65j0/sw_iframe.html", "/static/service_worker/65j0/sw_iframe.html", "WorkerPage")]
    public void TryFind_Script_IsOfTheTagManager(string subPath, string path, string kind) =>
        AssertFound(subPath, "www.googletagmanager.com" + path, Enum.Parse<RouteKind>(kind));

    [Theory]
    [InlineData("/g/search")]
    [InlineData("/g/")]
    [InlineData("/g")]
    [InlineData("/d/url")]
    [InlineData("/d//evil.example/")]
    [InlineData("/as/p/c")]
    [InlineData("/as/d/")]
    [InlineData("/gs/@evil.example/")]
    [InlineData("/ga/g/c/")]
    [InlineData("/ga/g/collect")]
    [InlineData("/GA/g/c")]
    [InlineData("/ga%2Fg/c")]
    [InlineData("/ddm/activity")]
    [InlineData("/ddm/activityevil")]
    [InlineData("/_/set_cookie")]
    [InlineData("/_/service_worker/65j0/other.html")]
    [InlineData("/_/service_worker/65j0/../sw.js")]
    [InlineData("/healthy")]
    [InlineData("/C_mYUAFo3k")]
    [InlineData("/-/www.google.com/ccm/collect")] // found by its host, or not at all
    public void TryFind_AnythingElse_LeadsNowhere(string subPath) => Assert.False(FirstPartyRoutes.TryFind(subPath, out _));

    private static void AssertFound(string subPath, string expected, RouteKind kind)
    {
        Assert.True(FirstPartyRoutes.TryFind(subPath, out var route), subPath);
        Assert.Equal((expected, kind), (route.Host + route.Path, route.Kind));
    }
}
