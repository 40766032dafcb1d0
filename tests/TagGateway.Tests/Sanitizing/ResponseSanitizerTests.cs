using System.Net;
using Microsoft.AspNetCore.Http;
using TagGateway.Sanitizing;

namespace TagGateway.Tests.Sanitizing;

public sealed class ResponseSanitizerTests
{
    private const string Sandbox = "sandbox; default-src 'none'";

    [Theory]
    [InlineData("Cache-Control", "private, max-age=900")]
    [InlineData("Location", "https://www.google.com/x")]
    [InlineData("ETag", "\"x\"")]
    [InlineData("Vary", "Accept-Encoding")]
    [InlineData("Access-Control-Allow-Origin", "*")]
    [InlineData("Cross-Origin-Resource-Policy", "cross-origin")]
    [InlineData("Attribution-Reporting-Register-Trigger", "{}")]
    [InlineData("X-Encrypted-Debug-Headers", "abc")]
    [InlineData("X-Frame-Options", "SAMEORIGIN")]
    [InlineData("Server", "Google Tag Manager")]
    public void Copy_HeaderOfTheAnswer_GoesToTheBrowser(string name, string value) => Assert.Equal(value, Copy((name, value))[name]);

    [Theory]
    [InlineData("Content-Type", "application/javascript; charset=UTF-8")]
    [InlineData("Content-Encoding", "br")]
    [InlineData("Content-Length", "3")]
    [InlineData("Expires", "0")]
    [InlineData("Last-Modified", "not a date")]
    [InlineData("Content-Disposition", "attachment; filename=\"f.txt\"")]
    public void Copy_HeaderOfTheBody_GoesToTheBrowser(string name, string value) => Assert.Equal(value, Copy((name, value))[name]);

    [Theory]
    [InlineData("Connection")]
    [InlineData("Keep-Alive")]
    [InlineData("Proxy-Connection")]
    [InlineData("Proxy-Authenticate")]
    [InlineData("Proxy-Authorization")]
    [InlineData("Proxy-Authentication-Info")]
    [InlineData("TE")]
    [InlineData("Trailer")]
    [InlineData("Transfer-Encoding")]
    [InlineData("Upgrade")]
    [InlineData("Strict-Transport-Security")]
    [InlineData("strict-transport-security")]
    [InlineData("Public-Key-Pins")]
    [InlineData("Public-Key-Pins-Report-Only")]
    [InlineData("Content-Security-Policy-Report-Only")]
    [InlineData("Expect-CT")]
    [InlineData("Alt-Svc")]
    [InlineData("Clear-Site-Data")]
    [InlineData("NEL")]
    [InlineData("Report-To")]
    [InlineData("Reporting-Endpoints")]
    [InlineData("Accept-CH")]
    [InlineData("Critical-CH")]
    [InlineData("Origin-Agent-Cluster")]
    [InlineData("WWW-Authenticate")]
    [InlineData("Authentication-Info")]
    [InlineData("Refresh")]
    [InlineData("Set-Login")]
    [InlineData("Use-As-Dictionary")]
    [InlineData("Secure-Session-Registration")]
    [InlineData("Sec-Session-Registration")]
    public void Copy_HeaderThatActsOnTheConnectionOrTheWholeOrigin_StaysHere(string name) => Assert.False(Copy((name, "x")).ContainsKey(name));

    [Theory]
    [InlineData("/f807", "/f807/_/service_worker", true)]
    [InlineData("/f807", "/", false)]
    [InlineData("/f807", "/f807", false)]
    [InlineData("/f807", "/f807/_/service_worker/", false)]
    [InlineData("/f807", "/other/_/service_worker", false)]
    [InlineData("/f807", " /f807/_/service_worker", false)]
    [InlineData("/f807", "", false)]
    [InlineData(null, "/f807/_/service_worker", false)]
    public void Copy_ServiceWorkerAllowed_IsTheScopeBelowTheMeasurementPathAlone(string? path, string scope, bool isKept)
    {
        var target = Copy(HttpStatusCode.OK, false, new AnswerRules("shop.example", MeasurementPath: path), ("Service-Worker-Allowed", scope));

        Assert.Equal(isKept ? scope : null, target["Service-Worker-Allowed"]);
    }

    [Fact]
    public void Copy_NominatedByConnection_StaysHere()
    {
        var target = Copy(("Connection", "close, X-Hop, Content-Language"), ("X-Hop", "1"), ("Content-Language", "de"), ("X-End", "2"));

        Assert.False(target.ContainsKey("X-Hop"));
        Assert.False(target.ContainsKey("Content-Language"));
        Assert.Equal("2", target["X-End"]);
    }

    [Fact]
    public void Copy_SeveralCookies_StaySeveralLinesAndAreFittedToTheSite()
    {
        var target = Copy(
            ("Set-Cookie", "FPID=1; Domain=g-main1.fps.goog; Path=/"),
            ("Set-Cookie", "FPLC=2; Domain=other.example"),
            ("set-cookie", "FPAU=3; Domain=shop.example"),
            ("Set-Cookie", "FPX=4, with a comma"));

        Assert.Equal(["FPID=1; Path=/", "FPAU=3; Domain=shop.example", "FPX=4, with a comma"], target.SetCookie.AsEnumerable());
    }

    [Fact]
    public void Copy_ControlCharacterInAValue_LeavesThatValueOut()
    {
        var target = Copy(("X-Odd", "a\u0001b"), ("X-Odd", "fine"), ("X-Tab", "a\tb"));

        Assert.Equal("fine", target["X-Odd"]);
        Assert.Equal("a\tb", target["X-Tab"]);
    }

    [Theory]
    [InlineData(204, false)]
    [InlineData(205, false)]
    [InlineData(304, false)]
    [InlineData(103, false)]
    [InlineData(200, true)]
    [InlineData(206, true)]
    [InlineData(302, true)]
    [InlineData(404, true)]
    public void Copy_Length_IsOnlyForAnswersThatMayHaveABody(int status, bool expected)
    {
        var target = Copy((HttpStatusCode)status, isFrame: false, ("Content-Length", "3"));

        Assert.Equal(expected, target.ContainsKey("Content-Length"));
    }

    [Theory]
    [InlineData("text/html", true)]
    [InlineData("TEXT/HTML; charset=utf-8", true)]
    [InlineData("application/xhtml+xml", true)]
    [InlineData("image/svg+xml", true)]
    [InlineData("text/xml", true)]
    [InlineData("multipart/x-mixed-replace; boundary=x", true)]
    [InlineData("multipart/related", true)]
    [InlineData("application/pdf", true)]
    [InlineData("application/x-shockwave-flash", true)]
    [InlineData("image/gif, text/html", true)]
    [InlineData("text/javascript; x=,text/html", true)]
    [InlineData("*/*", true)]
    [InlineData("x", true)]
    [InlineData("", true)]
    [InlineData(null, true)]
    [InlineData("application/javascript", false)]
    [InlineData("text/javascript; charset=UTF-8", false)]
    [InlineData("image/gif", false)]
    [InlineData("IMAGE/PNG", false)]
    [InlineData("text/plain;charset=utf-8", false)]
    [InlineData("text/event-stream", false)]
    [InlineData("application/json", false)]
    public void Copy_Document_IsSandboxedAndTypesAreNotSniffed(string? type, bool isSandboxed)
    {
        var target = type is null ? Copy() : Copy(("Content-Type", type));

        Assert.Equal("nosniff", target.XContentTypeOptions);
        Assert.Equal(isSandboxed ? Sandbox : "", target.ContentSecurityPolicy.ToString());
    }

    [Fact]
    public void Copy_AnswerWithoutABody_NeedsNoPolicy() => Assert.Equal(0, Copy(HttpStatusCode.NoContent, isFrame: false).ContentSecurityPolicy.Count);

    [Fact]
    public void Copy_TwoTypesOfWhichOneIsAPage_IsSandboxed() =>
        Assert.Equal(Sandbox, Copy(("Content-Type", "image/gif"), ("Content-Type", "text/html")).ContentSecurityPolicy.ToString());

    [Theory]
    [InlineData("image/svg+xml")]
    [InlineData("text/html, text/html")]
    [InlineData("application/xhtml+xml")]
    public void Copy_FrameOfTheServiceWorkerOfAnotherType_IsSandboxed(string type) =>
        Assert.Equal(Sandbox, Copy(HttpStatusCode.OK, isFrame: true, ("Content-Type", type)).ContentSecurityPolicy.ToString());

    /// <summary>Google's own page of an error is not the one that has to run.</summary>
    [Fact]
    public void Copy_FrameOfTheServiceWorkerThatIsNotThere_IsSandboxed() =>
        Assert.Equal(Sandbox, Copy(HttpStatusCode.NotFound, isFrame: true, ("Content-Type", "text/html")).ContentSecurityPolicy.ToString());

    [Fact]
    public void Copy_FrameOfTheServiceWorker_KeepsItsOwnPolicy()
    {
        var target = Copy(HttpStatusCode.OK, isFrame: true, ("Content-Type", "text/html"), ("Content-Security-Policy", "script-src 'self'"));

        Assert.Equal("script-src 'self'", target.ContentSecurityPolicy);
        Assert.Equal("nosniff", target.XContentTypeOptions);
    }

    [Fact]
    public void Copy_GooglesPolicyOfADocument_DoesNotReplaceTheSandbox()
    {
        var target = Copy(("Content-Type", "text/html"), ("Content-Security-Policy", "default-src *"), ("X-Content-Type-Options", "none"));

        Assert.Equal(Sandbox, target.ContentSecurityPolicy);
        Assert.Equal("nosniff", target.XContentTypeOptions);
    }

    [Theory]
    [InlineData("text/javascript; charset=UTF-8")]
    [InlineData("application/x-JavaScript")]
    [InlineData("text/javascript1.5")]
    public void Copy_ScriptThatMayNotRun_IsPlainText(string type) =>
        Assert.Equal("text/plain", Copy(HttpStatusCode.OK, false, new AnswerRules(null, MayRun: false), ("Content-Type", type)).ContentType.ToString());

    [Fact]
    public void Copy_TwoTypesOfWhichOneRuns_IsPlainText() => Assert.Equal(
        "text/plain",
        Copy(HttpStatusCode.OK, false, new AnswerRules(null, MayRun: false), ("Content-Type", "image/gif"), ("Content-Type", "text/javascript")).ContentType.ToString());

    [Theory]
    [InlineData("image/gif")]
    [InlineData("application/json")]
    public void Copy_WhatRunsNowhere_KeepsItsType(string type) =>
        Assert.Equal(type, Copy(HttpStatusCode.OK, false, new AnswerRules(null, MayRun: false), ("Content-Type", type)).ContentType.ToString());

    [Fact]
    public void Copy_HostWithoutCookies_SetsNone() =>
        Assert.Equal(0, Copy(HttpStatusCode.OK, false, new AnswerRules(null), ("Set-Cookie", "IDE=1; Domain=.doubleclick.net"), ("Set-Cookie", "NID=2")).SetCookie.Count);

    [Fact]
    public void Copy_PageOfImages_MayLoadThemAlone() => Assert.Equal(
        "sandbox; default-src 'none'; img-src *; frame-src *",
        Copy(HttpStatusCode.OK, false, new AnswerRules(null, DocumentRule.Images), ("Content-Type", "text/html"), ("Content-Security-Policy", "script-src *")).ContentSecurityPolicy.ToString());

    private static IHeaderDictionary Copy(params (string Name, string Value)[] headers) => Copy(HttpStatusCode.OK, isFrame: false, headers);

    private static IHeaderDictionary Copy(HttpStatusCode status, bool isFrame, params (string Name, string Value)[] headers) => Copy(status, isFrame, null, headers);

    private static IHeaderDictionary Copy(HttpStatusCode status, bool isFrame, AnswerRules? rules, params (string Name, string Value)[] headers)
    {
        using var answer = new HttpResponseMessage(status) { Content = new ByteArrayContent([]) };
        foreach (var (name, value) in headers)
        {
            _ = answer.Headers.TryAddWithoutValidation(name, value) || answer.Content.Headers.TryAddWithoutValidation(name, value);
        }

        var target = new DefaultHttpContext().Response.Headers;
        ResponseSanitizer.Copy(answer, target, rules ?? new AnswerRules("www.shop.example", isFrame ? DocumentRule.Runs : DocumentRule.Sandboxed));
        return target;
    }
}
