using System.Globalization;
using Microsoft.Extensions.Primitives;
using TagGateway.Sanitizing;

namespace TagGateway.Pages;

/// <summary>The codings of pages on the wire.</summary>
internal static class PageCodings
{
    /// <summary>False for several codings at once, and for one that the gateway does not read.</summary>
    /// <param name="header">Every line of <c>Content-Encoding</c>; none: identity.</param>
    /// <param name="coding">The coding.</param>
    public static bool TryParse(StringValues header, out PageCoding coding)
    {
        PageCoding? known = header.Count > 1 ? null : (header.ToString().Trim().ToLowerInvariant()) switch
        {
            "" or "identity" => PageCoding.Identity,
            "gzip" or "x-gzip" => PageCoding.Gzip,
            "br" => PageCoding.Brotli,
            "zstd" => PageCoding.Zstd,
            _ => null,
        };
        coding = known ?? PageCoding.Identity;
        return known is not null;
    }

    /// <summary>The coding in which a page leaves that came in this one: the same, or for zstd what the visitor takes.</summary>
    /// <param name="came">The website's.</param>
    /// <param name="accepted">The visitor's <c>Accept-Encoding</c>.</param>
    public static PageCoding Leaving(PageCoding came, StringValues accepted)
    {
        if (came != PageCoding.Zstd)
        {
            return came;
        }

        var codings = AcceptedCodings.Parse(accepted);
        return (codings.Brotli ?? codings.Other ?? 0) > 0 ? PageCoding.Brotli
            : (codings.Gzip ?? codings.Other ?? 0) > 0 ? PageCoding.Gzip
            : PageCoding.Identity;
    }

    /// <summary>What is left of an <c>Accept-Encoding</c> when only codings are asked for that the gateway reads; their weights stay. Null for no header:
    /// everything is taken, and identity is what comes.</summary>
    /// <param name="accepted">The visitor's.</param>
    public static string? Narrow(StringValues accepted)
    {
        if (accepted.Count == 0)
        {
            return null;
        }

        var kept = new List<string>();
        foreach (var line in accepted)
        {
            foreach (var item in (line ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                Keep(item, kept);
            }
        }

        return kept.Count > 0 ? string.Join(", ", kept) : "identity";
    }

    private static void Keep(string item, List<string> kept)
    {
        var semicolon = item.IndexOf(';', StringComparison.Ordinal);
        var name = (semicolon < 0 ? item : item[..semicolon]).TrimEnd();
        if (name is "*" && !IsRefused(item))
        {
            // Everything else is still welcome, as far as it is read.
            kept.AddRange([$"br{item[1..]}", $"gzip{item[1..]}"]);
        }
        else if (name is "*" || (TryParse(name, out _) && name.Length > 0))
        {
            kept.Add(item);
        }
    }

    private static bool IsRefused(string item)
    {
        var equals = item.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && double.TryParse(item.AsSpan(equals + 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight) && weight == 0;
    }
}
