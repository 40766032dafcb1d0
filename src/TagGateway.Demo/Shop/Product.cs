namespace TagGateway.Demo.Shop;

/// <summary>One thing on sale. The picture is the embedded file <c>Shop/Art/{slug}.svg</c>.</summary>
internal sealed record Product(string Slug, string Id, string Name, string Category, decimal Price, string Note, string Text, string Tint);
