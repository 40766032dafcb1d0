using Microsoft.Playwright;

namespace TagGateway.EndToEnd.Harness;

/// <summary>Real Chromium. Every host name is sent to the loopback or to nowhere: no test reaches the internet.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Chromium = "/usr/bin/chromium";
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <param name="resolverRules">Chromium's host resolver rules, such as <c>MAP *.example 127.0.0.1</c>; all else is not found.</param>
    /// <param name="trustedKey">The server keys that are trusted without an authority, as SHA-256 in base64, parted by commas; null: none.</param>
    public static async Task<Browser> StartAsync(string resolverRules = "", string? trustedKey = null)
    {
        Assert.True(File.Exists(Chromium), $"{Chromium} is missing: tests/run.sh installs it.");
        var rules = (resolverRules.Length > 0 ? resolverRules + ", " : "") + "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1";
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync", $"--host-resolver-rules={rules}",
                .. trustedKey is null ? (string[])[] : [$"--ignore-certificate-errors-spki-list={trustedKey}"],
            ],
        });
        return new Browser(playwright, browser);
    }

    /// <summary>A visitor without a past.</summary>
    /// <param name="runsScripts">False: JavaScript is off.</param>
    public async Task<Visit> VisitAsync(bool runsScripts = true) =>
        new(await (await _browser.NewContextAsync(new BrowserNewContextOptions { JavaScriptEnabled = runsScripts })).NewPageAsync());

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
    }
}
