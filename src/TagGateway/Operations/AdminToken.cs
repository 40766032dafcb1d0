using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace TagGateway.Operations;

/// <summary>The secret of the administration port. Only its hash is kept: nothing that is logged or dumped can hold it.</summary>
internal sealed class AdminToken
{
    private const int MinLength = 16;
    private const int MaxLength = 1024;

    private readonly byte[] _hash;

    private AdminToken(string text) => _hash = Hash(text);

    /// <summary>False for anything but 16 to 1024 visible ASCII characters; then <paramref name="problem"/> says so, without quoting.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out AdminToken? token, out string problem)
    {
        problem = text.Length is < MinLength or > MaxLength || text.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? $"must be {MinLength} to {MaxLength} visible ASCII characters, without spaces"
            : "";
        token = problem.Length == 0 ? new AdminToken(text) : null;
        return token is not null;
    }

    /// <summary>Takes as long for a near miss as for a wild guess.</summary>
    public bool Matches(string text) => CryptographicOperations.FixedTimeEquals(Hash(text), _hash);

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
