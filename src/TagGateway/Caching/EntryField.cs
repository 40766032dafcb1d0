namespace TagGateway.Caching;

/// <summary>The fields of <see cref="EntryFormat"/>. A number, once given, never means anything else; a new field gets a new one.</summary>
internal enum EntryField : ushort
{
    /// <summary>The text of the <see cref="EntryKey"/>.</summary>
    Key = 1,
    Site = 2,
    Tag = 3,

    /// <summary>A header line, <c>name ":" value</c>; one field each, in their order.</summary>
    Header = 4,

    /// <summary>The name of the body's coding; absent: identity.</summary>
    Coding = 5,
    Hash = 6,

    /// <summary>Without bytes: present when it is a versioned file.</summary>
    Versioned = 7,
    PurgeStamp = 8,

    /// <summary>Age when it was written, in milliseconds.</summary>
    Age = 9,

    /// <summary>What Redis was told to keep it, in milliseconds.</summary>
    TimeToLive = 10,

    /// <summary>Without bytes: the fields of a blob follow, those that it has.</summary>
    Blob = 11,
    BlobId = 12,
    BlobAlias = 13,
    BlobPathKey = 14,
    NamedTag = 15,
    Body = 16,

    /// <summary>Without bytes: the body is a template, to be filled for each visitor.</summary>
    Template = 17,
}
