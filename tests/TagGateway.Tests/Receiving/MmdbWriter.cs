using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace TagGateway.Tests.Receiving;

/// <summary>Writes databases of the MaxMind DB format 2.0 (https://maxmind.github.io/MaxMind-DB/): a tree of address bits, the records it leads
/// to, and a description of both. Real databases may not be shipped.</summary>
/// <param name="kind">The database's type, such as <c>GeoLite2-City</c>.</param>
/// <param name="recordBits">24, 28 or 32.</param>
/// <param name="ipVersion">6: IPv4 networks stand under <c>::/96</c>; 4: it has nothing else.</param>
internal sealed class MmdbWriter(string kind = "GeoLite2-City", int recordBits = 28, int ipVersion = 6)
{
    private const int IPv4Depth = 96;
    private const int Separator = 16;
    private const int Empty = -1;
    private static readonly byte[] Marker = [0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8];

    /// <summary>A record of the tree: another node (not negative), nothing, or a place among the data (<c>-2 - offset</c>).</summary>
    private readonly List<int[]> _nodes = [];
    private readonly List<(byte[] Bits, int Length, int Record)> _networks = [];
    private readonly MmdbValues _data = new();

    /// <summary>Of GeoIP2's form: country and subdivision, each left out when null, amid what a real record has besides.</summary>
    public static Dictionary<string, object> Place(string? country, string? subdivision = null) => Place(country, subdivision is null ? [] : [subdivision]);

    public static Dictionary<string, object> Place(string? country, string[] subdivisions)
    {
        var record = new Dictionary<string, object>
        {
            ["continent"] = new Dictionary<string, object> { ["code"] = "EU", ["names"] = Names("Somewhere") },
            ["registered_country"] = new Dictionary<string, object> { ["iso_code"] = "KP", ["is_in_european_union"] = true },
            ["represented_country"] = new Dictionary<string, object> { ["iso_code"] = "SU", ["type"] = "military" },
            ["location"] = new Dictionary<string, object> { ["latitude"] = 51.5, ["accuracy_radius"] = (ushort)20, ["time_zone"] = "Europe/London" },
        };
        if (country is not null)
        {
            record["country"] = new Dictionary<string, object> { ["geoname_id"] = 6_252_001u, ["iso_code"] = country, ["names"] = Names($"The land of {country}") };
        }

        if (subdivisions.Length > 0)
        {
            record["subdivisions"] = subdivisions.Select(code => (object)new Dictionary<string, object> { ["iso_code"] = code, ["names"] = Names(code) }).ToArray();
        }

        return record;
    }

    /// <summary>The smaller network wins, in whatever order they come: <c>203.0.113.0/24</c>, <c>2001:db8::/32</c>.</summary>
    public MmdbWriter Add(string network, object record)
    {
        var (address, length) = IPNetwork.TryParse(network, out var parsed) ? (parsed.BaseAddress, parsed.PrefixLength) : throw new ArgumentException(network);
        var bits = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetwork && ipVersion == 6)
        {
            (bits, length) = ([.. new byte[IPv4Depth / 8], .. bits], length + IPv4Depth);
        }

        _networks.Add((bits, length, -2 - _data.Write(record)));
        return this;
    }

    public byte[] ToBytes()
    {
        _nodes.Clear();
        _nodes.Add([Empty, Empty]);
        foreach (var (bits, length, record) in _networks.OrderBy(network => network.Length))
        {
            Put(bits, length, record);
        }

        using var file = new MemoryStream();
        foreach (var node in _nodes)
        {
            WriteNode(file, Record(node[0]), Record(node[1]));
        }

        file.Write(new byte[Separator]);
        file.Write(_data.ToBytes());
        file.Write(Marker);
        var metadata = new MmdbValues();
        metadata.Write(Metadata(), mayPoint: false);
        file.Write(metadata.ToBytes());
        return file.ToArray();
    }

    private static Dictionary<string, object> Names(string name) => new() { ["de"] = name, ["en"] = name };

    private Dictionary<string, object> Metadata() => new()
    {
        ["binary_format_major_version"] = (ushort)2,
        ["binary_format_minor_version"] = (ushort)0,
        ["build_epoch"] = 1_790_000_000UL,
        ["database_type"] = kind,
        ["description"] = new Dictionary<string, object> { ["en"] = "Made for a test" },
        ["ip_version"] = (ushort)ipVersion,
        ["languages"] = new object[] { "de", "en" },
        ["node_count"] = (uint)_nodes.Count,
        ["record_size"] = (ushort)recordBits,
    };

    private void Put(byte[] bits, int length, int record)
    {
        var node = 0;
        for (var depth = 0; depth < length - 1; depth++)
        {
            var bit = Bit(bits, depth);
            if (_nodes[node][bit] < 0)
            {
                // What holds for the whole holds for both halves until one of them is told better.
                var above = _nodes[node][bit];
                _nodes[node][bit] = _nodes.Count;
                _nodes.Add([above, above]);
            }

            node = _nodes[node][bit];
        }

        _nodes[node][Bit(bits, length - 1)] = record;
    }

    private static int Bit(byte[] bits, int depth) => (bits[depth / 8] >> (7 - (depth % 8))) & 1;

    private uint Record(int record) => (uint)(record switch
    {
        >= 0 => record,
        Empty => _nodes.Count,
        _ => _nodes.Count + Separator + (-2 - record),
    });

    private void WriteNode(MemoryStream file, uint left, uint right)
    {
        Span<byte> node = stackalloc byte[recordBits / 4];
        switch (recordBits)
        {
            case 24:
                WriteLow(node, left);
                WriteLow(node[3..], right);
                break;
            case 28:
                WriteLow(node, left);
                node[3] = (byte)(((left >> 24) << 4) | (right >> 24));
                WriteLow(node[4..], right);
                break;
            case 32:
                BinaryPrimitives.WriteUInt32BigEndian(node, left);
                BinaryPrimitives.WriteUInt32BigEndian(node[4..], right);
                break;
            default:
                throw new InvalidOperationException($"no such record size: {recordBits}");
        }

        file.Write(node);
    }

    private static void WriteLow(Span<byte> target, uint value) =>
        (target[0], target[1], target[2]) = ((byte)(value >> 16), (byte)(value >> 8), (byte)value);
}
