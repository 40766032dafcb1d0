using TagGateway.Rewriting;

namespace TagGateway.Caching;

/// <summary>The form of an entry's body that one visitor gets.</summary>
/// <param name="Coding">That he takes.</param>
/// <param name="Values">What fills the holes of a template; null when the entry is none.</param>
internal readonly record struct EntryForm(ContentCoding Coding, TemplateValues? Values)
{
    /// <summary>A part of the key under which the form is kept.</summary>
    public string Name => Values is null ? ContentCodings.NameOf(Coding) ?? "identity" : $"{ContentCodings.NameOf(Coding) ?? "identity"} {Values.Name}";

    public static implicit operator EntryForm(ContentCoding coding) => new(coding, null);
}
