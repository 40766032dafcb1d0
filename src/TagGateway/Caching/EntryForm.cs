using TagGateway.Rewriting;

namespace TagGateway.Caching;

/// <summary>The form of an entry's body that one visitor gets.</summary>
/// <param name="Coding">That he takes.</param>
/// <param name="Values">What fills the holes of a template; null when the entry is none.</param>
/// <param name="IsQuick">Made in little time rather than in few bytes, for whoever may be making up what he asks for.</param>
internal readonly record struct EntryForm(ContentCoding Coding, TemplateValues? Values, bool IsQuick = false)
{
    /// <summary>A part of the key under which the form is kept.</summary>
    public string Name => $"{ContentCodings.NameOf(Coding) ?? "identity"}{(IsQuick ? " quick" : "")}{(Values is null ? "" : " ")}{Values?.Name}";

    public static implicit operator EntryForm(ContentCoding coding) => new(coding, null);
}
