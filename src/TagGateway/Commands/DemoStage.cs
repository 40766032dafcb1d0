using TagGateway.Demo.Google;
using TagGateway.Demo.Shop;

namespace TagGateway.Commands;

/// <summary>What the demo's gateway stands between, started: the website and the stand-in for Google.</summary>
/// <param name="Shop">Null without the shop.</param>
/// <param name="Google">Where the stand-in plays Google, <c>http://</c>.</param>
/// <param name="GoogleControl">Where it tells what it got, and is told what to do.</param>
/// <param name="Running">Stopped with the stage, the last first.</param>
internal sealed record DemoStage(Uri? Shop, Uri Google, Uri GoogleControl, IReadOnlyList<IAsyncDisposable> Running) : IAsyncDisposable
{
    public static async Task<DemoStage> StartAsync(DemoStageOptions options, CancellationToken cancellation)
    {
        var google = await GoogleStandIn.StartAsync(new GoogleStandInOptions(), cancellation);
        if (options.OnlyGoogle)
        {
            return new DemoStage(null, google.HttpAddress, google.ControlAddress, [google]);
        }

        var shop = await DemoShop.StartAsync(
            new DemoShopOptions { MeasurementPath = options.Path, Tag = options.Tag, GoogleStandIn = google }, cancellation);
        return new DemoStage(shop.Address, google.HttpAddress, google.ControlAddress, [google, shop]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in Running.Reverse())
        {
            await part.DisposeAsync();
        }
    }
}
