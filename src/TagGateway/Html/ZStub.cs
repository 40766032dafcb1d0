namespace TagGateway.Html;

internal sealed record ConsentPlatform(string Name, bool BlocksByAddress);

internal static class ConsentPlatforms
{
    public static ConsentPlatform? Find(HtmlAttributes tag) => tag.Has("src"u8) && tag.ValueOf("src"u8)!.Contains("cookielaw.org", StringComparison.Ordinal) ? new ConsentPlatform("OneTrust", tag.ValueOf("src"u8)!.Contains("AutoBlock", StringComparison.Ordinal)) : null;

    public static bool IsExempt(HtmlAttributes tag) => tag.Has("data-ot-ignore"u8);
}
