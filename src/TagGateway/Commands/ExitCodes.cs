namespace TagGateway.Commands;

/// <summary>What the program ends with; scripts rely on it.</summary>
internal static class ExitCodes
{
    public const int Fine = 0;

    /// <summary>The configuration is wrong, or the check failed.</summary>
    public const int Failed = 1;

    /// <summary>No such command or option.</summary>
    public const int WrongUsage = 2;

    /// <summary>Port taken, address not available, permission missing.</summary>
    public const int CouldNotStart = 3;
}
