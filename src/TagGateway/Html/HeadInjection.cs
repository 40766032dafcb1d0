namespace TagGateway.Html;

/// <summary>Finds the place in a page's head where a tag is to be injected, without waiting for what follows.</summary>
/// <param name="position">Where it is wanted.</param>
/// <param name="namesCharset">The answer's headers name the charset; else its <c>meta</c> has to stay where browsers look for it, in the first kilobyte.</param>
internal sealed class HeadInjection(InjectPosition position, bool namesCharset)
{
    private bool _isBehindConsent;

    /// <summary>It is a page of its own, not a piece of one: it has said so by a doctype, <c>html</c> or <c>head</c>.</summary>
    public bool IsDocument { get; private set; }

    /// <summary>True when the place is before this token.</summary>
    /// <param name="token">In no template.</param>
    /// <param name="isConsentScript">The script of a consent platform, or an inline one, which may belong to it.</param>
    public bool IsBefore(HtmlToken token, bool isConsentScript) => token.Kind switch
    {
        HtmlTokenKind.Doctype or HtmlTokenKind.Content => false,
        HtmlTokenKind.Text => true,
        HtmlTokenKind.EndTag => token.Name is HtmlName.Head or HtmlName.Body or HtmlName.Html or HtmlName.Br,
        _ when token.Name is HtmlName.Html or HtmlName.Head => false,
        _ when token.Name is < HtmlName.Base or > HtmlName.Title => true, // the body begins
        _ => position switch
        {
            InjectPosition.HeadStart => namesCharset || token.Name != HtmlName.Meta,
            InjectPosition.AfterConsent => _isBehindConsent && !isConsentScript,
            _ => false,
        },
    };

    /// <summary>True when the place is behind this token; asked when it was not before it.</summary>
    /// <param name="token">In no template.</param>
    /// <param name="isConsentPlatform">The script of a consent platform.</param>
    public bool IsBehind(HtmlToken token, bool isConsentPlatform)
    {
        _isBehindConsent |= isConsentPlatform;
        IsDocument |= token.Kind == HtmlTokenKind.Doctype || token is { Kind: HtmlTokenKind.StartTag, Name: HtmlName.Html or HtmlName.Head };
        return position == InjectPosition.HeadStart && namesCharset && token is { Kind: HtmlTokenKind.StartTag, Name: HtmlName.Head };
    }
}
