namespace TagGateway.Caching;

/// <summary>What an item that comes or goes changes in what the store takes.</summary>
/// <param name="Bytes">Of all.</param>
/// <param name="NewcomerBytes">Of those that wait among the newcomers.</param>
internal readonly record struct BodyChange(long Bytes, long NewcomerBytes)
{
    public static BodyChange operator +(BodyChange one, BodyChange other) => new(one.Bytes + other.Bytes, one.NewcomerBytes + other.NewcomerBytes);
}
