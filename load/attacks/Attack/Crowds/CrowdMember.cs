namespace TagGateway.Attacks.Crowds;

/// <summary>What one client does on one connection, until the server ends it or <paramref name="stop"/> comes.</summary>
/// <param name="seat">Its place; told once the connection stands.</param>
/// <param name="stop">The end of the attack.</param>
/// <exception cref="IOException">The server ended the connection.</exception>
internal delegate Task CrowdMember(CrowdSeat seat, CancellationToken stop);
