namespace TagGateway.Configuration;

/// <summary>When a changed file is to be judged: when it is still the same at the next look, since until then somebody may be writing; and once.</summary>
/// <typeparam name="TStamp">Of one file, or of several that belong together.</typeparam>
internal sealed class SettledChange<TStamp>
    where TStamp : struct, IEquatable<TStamp>
{
    private TStamp? _suspect;
    private TStamp? _refused;

    /// <summary>Null: now. Else what this look came to.</summary>
    /// <param name="stamp">As it is.</param>
    /// <param name="inForce">Of what is in force.</param>
    public ReloadOutcome? Ask(TStamp stamp, TStamp inForce)
    {
        if (stamp.Equals(inForce))
        {
            Forget();
            return ReloadOutcome.Unchanged;
        }

        if (stamp.Equals(_refused))
        {
            return ReloadOutcome.Unchanged;
        }

        if (!stamp.Equals(_suspect))
        {
            _suspect = stamp;
            return ReloadOutcome.Unsettled;
        }

        return null;
    }

    /// <summary>Judged, and not good.</summary>
    /// <param name="stamp">Of what was judged.</param>
    /// <param name="isSeen">It could be read. What could not may become readable without a new stamp: it is tried again.</param>
    public void Refuse(TStamp stamp, bool isSeen) => _refused = isSeen ? stamp : null;

    /// <summary>It is in force, or something else is watched.</summary>
    public void Forget() => (_suspect, _refused) = (null, null);
}
