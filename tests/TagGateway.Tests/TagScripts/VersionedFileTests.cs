using TagGateway.TagScripts;

namespace TagGateway.Tests.TagScripts;

public sealed class VersionedFileTests
{
    [Theory]
    [InlineData("/_/service_worker/5a30/sw.js")]
    [InlineData("/_/service_worker/5a30/sw_iframe.html")]
    [InlineData("/_/service_worker/A/sw.js")]
    public void Is_FileOfARelease_True(string subPath) => Assert.True(VersionedFile.Is(subPath));

    [Theory]
    [InlineData("/")]
    [InlineData("/_/service_worker/")]
    [InlineData("/_/service_worker/sw.js")]
    [InlineData("/_/service_worker//sw.js")]
    [InlineData("/_/service_worker/5a30/")]
    [InlineData("/_/service_worker/5a30/sw.js/")]
    [InlineData("/_/service_worker/5a30/x/sw.js")]
    [InlineData("/_/service_worker/5a30/SW.js")]
    [InlineData("/_/service_worker/5a30/sw.jsx")]
    [InlineData("/_/service_worker/5a30/other.js")]
    [InlineData("/_/service_worker/../sw.js")]
    [InlineData("/_/service_worker/5a%33/sw.js")]
    [InlineData("/_/service_worker/5a.0/sw.js")]
    [InlineData("/_/SERVICE_WORKER/5a30/sw.js")]
    [InlineData("/x/_/service_worker/5a30/sw.js")]
    [InlineData("/_/set_cookie")]
    public void Is_AnythingElse_False(string subPath) => Assert.False(VersionedFile.Is(subPath));
}
