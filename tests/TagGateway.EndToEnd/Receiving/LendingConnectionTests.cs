using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TagGateway.Configuration;
using TagGateway.Limits;
using TagGateway.Receiving;
using TagGateway.Receiving.Admission;
using TagGateway.Responding;
using TagGateway.Sites;

namespace TagGateway.EndToEnd.Receiving;

/// <summary>Which of the gateway's listeners stored bodies can be lent to.</summary>
public sealed class LendingConnectionTests
{
    [Fact]
    public async Task Listen_TrafficWithHttp1_LendsAndOthersDoNot()
    {
        var loaded = ConfigurationLoader.FromOptions(new GatewayOptions { Sites = { ["shop"] = new SiteOptions { Path = "/f807", Tags = ["G-MAIN1"] } } });
        var endpoints = new Endpoints(ListenUrls.Parse("http://127.0.0.1:0;h2c://127.0.0.1:0"), ListenUrls.Parse("http://127.0.0.1:0")[0]);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(TimeProvider.System).AddSingleton(new CurrentSettings(loaded.Settings!)).AddMetrics().AddLimits().AddSingleton<ConnectionTable>(); // valid
        builder.WebHost.UseKestrelCore().ConfigureKestrel(endpoints.Listen);
        await using var app = builder.Build();
        app.Run(context => context.Response.WriteAsync(context.Features.Get<LendingOutput>() is null ? "copies" : "lends"));
        await app.StartAsync();

        var http1 = await AskAsync(endpoints.Traffic[0], HttpVersion.Version11);
        var http2 = await AskAsync(endpoints.Traffic[1].Replace("h2c", "http", StringComparison.Ordinal), HttpVersion.Version20);
        var admin = await AskAsync(endpoints.Admin[0], HttpVersion.Version11);

        Assert.Equal(OperatingSystem.IsLinux() ? "lends" : "copies", http1);
        Assert.Equal("copies", http2);
        Assert.Equal("copies", admin);
    }

    private static async Task<string> AskAsync(string address, Version version)
    {
        using var client = new HttpClient { DefaultRequestVersion = version, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        return await client.GetStringAsync(new Uri(address));
    }
}
