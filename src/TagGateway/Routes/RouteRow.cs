namespace TagGateway.Routes;

/// <summary>One row of <see cref="RouteTable"/>: each of its hosts has each of its paths.</summary>
internal sealed record RouteRow(IReadOnlyList<string> Hosts, IReadOnlyList<string> Paths, RouteKind Kind);
