using TagGateway.Demo.Google;

namespace TagGateway.EndToEnd.Rewriting;

/// <summary>All that came of one visit to a page: what the browser asked for, and what arrived at Google.</summary>
/// <param name="Asked">The addresses that the browser asked for over the network.</param>
/// <param name="Escapes">Those of them that were not the site's own, and what arrived at Google straight from the browser.</param>
/// <param name="Refused">Answers of 400 and above on the site's own host: status and address.</param>
/// <param name="Complaints">The console's errors, breaches of the content security policy, uncaught exceptions.</param>
/// <param name="Received">What arrived at Google.</param>
/// <param name="CountOnPage">So many hits before the page was left.</param>
internal sealed record Passage(
    IReadOnlyList<string> Asked, IReadOnlyList<string> Escapes, IReadOnlyList<string> Refused, IReadOnlyList<string> Complaints, IReadOnlyList<RecordedRequest> Received, int CountOnPage)
{
    /// <summary>The hits among it.</summary>
    public IReadOnlyList<Arrival> Hits => [.. Received.Where(IsHit).SelectMany(Arrival.Of)];

    /// <summary>How many of what arrived are hits.</summary>
    public int Count => Received.Count(IsHit);

    /// <summary>Everything that is no script and no part of the service worker.</summary>
    public static bool IsHit(RecordedRequest request) => request.Kind is not (RequestKind.Script or RequestKind.ServiceWorker) && request.Method != "OPTIONS";

    /// <summary>Nothing went elsewhere, nothing was refused, nobody complained.</summary>
    public void AssertClean()
    {
        var faults = Escapes.Select(line => $"escape: {line}").Concat(Refused.Select(line => $"refused: {line}")).Concat(Complaints.Select(line => $"console: {line}"));
        Assert.True(!faults.Any(), string.Join('\n', faults));
    }
}
