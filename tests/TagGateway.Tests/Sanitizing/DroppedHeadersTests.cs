using TagGateway.Sanitizing;

namespace TagGateway.Tests.Sanitizing;

public sealed class DroppedHeadersTests
{
    [Theory]
    [InlineData("X-Accel-Redirect")]
    [InlineData("x-accel-charset")]
    [InlineData("X-Sendfile")]
    [InlineData("X-SENDFILE-TEMPORARY")]
    [InlineData("X-LIGHTTPD-KBytes-per-second")]
    [InlineData("X-Reproxy-Cache-For")]
    [InlineData("X-LiteSpeed-Tag")]
    [InlineData("x-envoy-immediate-health-check-fail")]
    [InlineData("Surrogate-Control")]
    [InlineData("Surrogate-Capability")]
    [InlineData("Edge-Control")]
    [InlineData("CDN-Cache-Control")]
    [InlineData("Netlify-Vary")]
    [InlineData("Fly-Replay")]
    [InlineData("Fly-Cache-Control")]
    [InlineData("Anything-Cache-Control")]
    [InlineData("Cache-Tag")]
    [InlineData("xkey")]
    [InlineData("Cache-Group-Invalidation")]
    public void Contains_OrderToAProxy_IsTrue(string name) => Assert.True(DroppedHeaders.Contains(name));

    [Theory]
    [InlineData("SourceMap")]
    [InlineData("sourcemap")]
    [InlineData("X-SourceMap")]
    [InlineData("Permissions-Policy")]
    [InlineData("Feature-Policy")]
    [InlineData("Document-Policy")]
    [InlineData("Document-Policy-Report-Only")]
    [InlineData("Cross-Origin-Embedder-Policy-Report-Only")]
    [InlineData("Speculation-Rules")]
    [InlineData("No-Vary-Search")]
    [InlineData("Origin-Trial")]
    [InlineData("Link")]
    [InlineData("Sec-Session-Challenge")]
    [InlineData("Secure-Session-Skipped")]
    public void Contains_WhatActsOnTheOrigin_IsTrue(string name) => Assert.True(DroppedHeaders.Contains(name));

    /// <summary>Names that begin or end alike, and those that Google's measuring needs.</summary>
    [Theory]
    [InlineData("Cache-Control")]
    [InlineData("Cache-Status")]
    [InlineData("X-Cache")]
    [InlineData("X-Accelerated")]
    [InlineData("ETag")]
    [InlineData("Expires")]
    [InlineData("Content-Type")]
    [InlineData("Content-Disposition")]
    [InlineData("Cross-Origin-Resource-Policy")]
    [InlineData("Cross-Origin-Embedder-Policy")]
    [InlineData("Referrer-Policy")]
    [InlineData("Timing-Allow-Origin")]
    [InlineData("Access-Control-Allow-Origin")]
    [InlineData("Attribution-Reporting-Register-Trigger")]
    [InlineData("X-Encrypted-Debug-Headers")]
    [InlineData("X-Frame-Options")]
    [InlineData("Vary")]
    [InlineData("Via")]
    [InlineData("-")]
    public void Contains_AnyOther_IsFalse(string name) => Assert.False(DroppedHeaders.Contains(name));
}
