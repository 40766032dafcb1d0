using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace TagGateway.Tests.Receiving;

/// <summary>Values in the MaxMind DB format, one after another: a control byte with type and size, then the value. What stands there already is pointed at.</summary>
internal sealed class MmdbValues
{
    private const int Extended = 7;
    private readonly List<byte> _bytes = [];
    private readonly Dictionary<string, int> _places = [];

    private enum Kind
    {
        Pointer = 1,
        Text = 2,
        Double = 3,
        UInt16 = 5,
        UInt32 = 6,
        Map = 7,
        Int32 = 8,
        UInt64 = 9,
        Array = 11,
        Boolean = 14,
    }

    public byte[] ToBytes() => [.. _bytes];

    /// <summary>Where the value stands.</summary>
    public int Write(object value, bool mayPoint = true)
    {
        var key = mayPoint ? Key(value) : null;
        if (key is not null && _places.TryGetValue(key, out var place))
        {
            return place;
        }

        place = _bytes.Count;
        WriteValue(value, mayPoint);
        if (key is not null)
        {
            _places[key] = place;
        }

        return place;
    }

    /// <summary>Equal for equal values; null for what is not worth a pointer.</summary>
    private static string? Key(object value) => value switch
    {
        string text => "\"" + text,
        Dictionary<string, object> map => string.Join(';', map.Select(member => $"{member.Key}={Key(member.Value) ?? member.Value}")),
        object[] items => "[" + string.Join(',', items.Select(item => Key(item) ?? item)),
        _ => null,
    };

    private void WriteInner(object value, bool mayPoint)
    {
        if (mayPoint && Key(value) is { } key && _places.TryGetValue(key, out var place))
        {
            WritePointer(place);
        }
        else
        {
            Write(value, mayPoint);
        }
    }

    private void WriteValue(object value, bool mayPoint)
    {
        switch (value)
        {
            case string text:
                WriteBytes(Kind.Text, Encoding.UTF8.GetBytes(text));
                break;
            case ushort number:
                WriteNumber(Kind.UInt16, number);
                break;
            case uint number:
                WriteNumber(Kind.UInt32, number);
                break;
            case ulong number:
                WriteNumber(Kind.UInt64, number);
                break;
            case int number:
                WriteNumber(Kind.Int32, (uint)number);
                break;
            case double number:
                WriteControl(Kind.Double, sizeof(double));
                WriteBigEndian(BitConverter.DoubleToUInt64Bits(number), sizeof(double));
                break;
            case bool flag:
                WriteControl(Kind.Boolean, flag ? 1 : 0);
                break;
            case Dictionary<string, object> map:
                WriteControl(Kind.Map, map.Count);
                foreach (var (name, member) in map)
                {
                    WriteInner(name, mayPoint);
                    WriteInner(member, mayPoint);
                }

                break;
            case object[] items:
                WriteControl(Kind.Array, items.Length);
                foreach (var item in items)
                {
                    WriteInner(item, mayPoint);
                }

                break;
            default:
                throw new ArgumentException($"no such type here: {value.GetType()}");
        }
    }

    /// <summary>Without leading zeros, which are not written.</summary>
    private void WriteNumber(Kind kind, ulong number)
    {
        var length = (64 - BitOperations.LeadingZeroCount(number) + 7) / 8;
        WriteControl(kind, length);
        WriteBigEndian(number, length);
    }

    private void WriteBytes(Kind kind, byte[] bytes)
    {
        WriteControl(kind, bytes.Length);
        _bytes.AddRange(bytes);
    }

    /// <summary>Sizes from 29 on stand in one, two or three bytes of their own.</summary>
    private void WriteControl(Kind kind, int size)
    {
        var (inControl, rest, length) = size switch
        {
            < 29 => (size, 0, 0),
            < 285 => (29, size - 29, 1),
            < 65_821 => (30, size - 285, 2),
            _ => (31, size - 65_821, 3),
        };
        _bytes.Add((byte)(((int)kind > Extended ? 0 : (int)kind << 5) | inControl));
        if ((int)kind > Extended)
        {
            _bytes.Add((byte)((int)kind - Extended));
        }

        WriteBigEndian((uint)rest, length);
    }

    /// <summary>Its size has two bits, and the value's highest three bits follow in the same byte but in the longest form.</summary>
    private void WritePointer(int place)
    {
        var (size, rest) = place switch
        {
            < 2_048 => (0, place),
            < 526_336 => (1, place - 2_048),
            < 134_744_064 => (2, place - 526_336),
            _ => (3, place),
        };
        var high = size == 3 ? 0 : rest >> (8 * (size + 1));
        _bytes.Add((byte)(((int)Kind.Pointer << 5) | (size << 3) | high));
        WriteBigEndian((uint)rest, size + 1);
    }

    private void WriteBigEndian(ulong number, int length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        _bytes.AddRange(bytes[(sizeof(ulong) - length)..]);
    }
}
