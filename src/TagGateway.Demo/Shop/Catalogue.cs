using System.Collections.Frozen;

namespace TagGateway.Demo.Shop;

/// <summary>All that the demo shop sells.</summary>
internal static class Catalogue
{
    public static IReadOnlyList<Product> Products { get; } =
    [
        new("watering-can", "FH-101", "Watering can", "Tools", 34.00m, "Steel, 2.5 litres", "A small can that pours slowly and never drips. Galvanised inside, painted outside, with a handle for each hand.", "#e3f0e8"),
        new("fern", "FH-102", "Boston fern", "Plants", 26.50m, "In a clay pot", "It likes shade, company and a drink on Sundays. Grown two years in peat-free soil, sent in its pot.", "#fbe9df"),
        new("trowel", "FH-103", "Hand trowel", "Tools", 22.00m, "Beech and steel", "One piece of stainless steel, one piece of beech. The point finds roots, the edge cuts them.", "#e8edf0"),
        new("mug", "FH-104", "Enamel mug", "Home", 14.00m, "For tea between rows", "Takes a fall on stone and a place at the fire. The rim is dipped by hand, so no two are alike.", "#e4ebf5"),
        new("twine", "FH-105", "Jute twine", "Tools", 7.50m, "100 metres", "Strong enough for tomatoes, kind to young stems. It goes on the compost when the season ends.", "#f7ecd9"),
        new("lantern", "FH-106", "Garden lantern", "Home", 48.00m, "Iron and glass", "For the hour after the last light. Keeps a candle alight in any wind that you would still sit in.", "#f1ece4"),
    ];

    /// <summary>The products by the last part of their address.</summary>
    public static FrozenDictionary<string, Product> BySlug { get; } = Products.ToFrozenDictionary(product => product.Slug);
}
