using System.Buffers.Binary;
using System.IO.Hashing;
using TagGateway.Caching;
using TagGateway.Tests.Conventions;

namespace TagGateway.Tests.Caching;

/// <summary>The bytes that gateways of different versions exchange. The files in <c>Formats/</c> are never made anew: gateways that write them are out there.</summary>
public sealed class EntryFormatTests
{
    private const int ChecksumAt = 5;
    private const int FieldsAt = 21;
    private static readonly string Expected = FullEntry.Describe(new SharedEntry(FullEntry.Head, FullEntry.Body, FullEntry.Age, FullEntry.TimeToLive));

    [Fact]
    public void Read_WhatWasWritten_IsTheSame() => Assert.Equal(Expected, Describe(FullEntry.Bytes()));

    [Theory]
    [InlineData("entry-v1.bin")]
    [InlineData("entry-v1-unknown-fields.bin")]
    public void Read_FileOfMajorVersionOne_IsReadable(string file) => Assert.Equal(Expected, Describe(File(file)));

    [Fact]
    public void Read_FileOfAnotherMajorVersion_IsNoEntry() => Assert.Null(EntryFormat.Read(File("entry-v2.bin")));

    [Fact]
    public void Write_Today_IsStillWhatTheFileHolds() => Assert.Equal(File("entry-v1.bin"), FullEntry.Bytes());

    [Fact]
    public void Read_FileWithATemplate_IsReadable()
    {
        var read = EntryFormat.Read(File("entry-v1-template.bin"));

        Assert.Equal((true, FullEntry.TemplateText), (read?.Head.IsTemplate, System.Text.Encoding.Latin1.GetString(read!.Body.Span)));
        Assert.Equal(Expected.Replace(Convert.ToHexString(FullEntry.Body), Convert.ToHexString(FullEntry.Template), StringComparison.Ordinal), FullEntry.Describe(read));
        Assert.False(EntryFormat.Read(File("entry-v1.bin"))!.Head.IsTemplate);
    }

    [Fact]
    public void Write_TemplateToday_IsStillWhatTheFileHolds() => Assert.Equal(File("entry-v1-template.bin"), FullEntry.TemplateBytes());

    [Fact]
    public void Read_AnyBitChanged_IsNoEntry()
    {
        var bytes = FullEntry.Bytes();
        for (var i = 0; i < bytes.Length * 8; i++)
        {
            bytes[i / 8] ^= (byte)(1 << (i % 8));
            Assert.Null(EntryFormat.Read(bytes));
            bytes[i / 8] ^= (byte)(1 << (i % 8));
        }

        Assert.NotNull(EntryFormat.Read(bytes));
    }

    [Fact]
    public void Read_AnyByteReplaced_IsNoEntry()
    {
        var bytes = FullEntry.Bytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            var right = bytes[i];
            for (var wrong = 0; wrong < 256; wrong++)
            {
                bytes[i] = (byte)wrong;
                Assert.Equal(wrong == right, EntryFormat.Read(bytes) is not null);
            }

            bytes[i] = right;
        }
    }

    [Fact]
    public void Read_CutAtAnyByte_IsNoEntry()
    {
        var bytes = FullEntry.Bytes();

        Assert.All(Enumerable.Range(0, bytes.Length), length => Assert.Null(EntryFormat.Read(bytes.AsMemory(0, length))));
        Assert.Null(EntryFormat.Read((byte[])[.. bytes, 0]));
    }

    /// <summary>Made by somebody who can make the checksum: no exception, no entry half read, no header that the server would refuse.</summary>
    [Fact]
    public void Read_AnyByteOfTheFieldsReplacedAndSealed_NeverThrows()
    {
        var bytes = FullEntry.Bytes();
        for (var i = FieldsAt; i < bytes.Length; i++)
        {
            var right = bytes[i];
            foreach (var wrong in new byte[] { 0, 1, 10, 13, 127, 128, 255, (byte)(right + 1), (byte)(right ^ 0x20) })
            {
                bytes[i] = wrong;
                var read = EntryFormat.Read(Sealed(bytes));
                Assert.True(read is null || read.Head.Headers.All(header => !header.Value.AsSpan().ContainsAny('\r', '\n', '\0') && header.Name.Length > 0));
            }

            bytes[i] = right;
        }
    }

    [Fact]
    public void Read_CutAtAnyFieldAndSealed_IsNoEntryWithoutItsBody()
    {
        var bytes = FullEntry.Bytes();

        Assert.All(Enumerable.Range(FieldsAt, bytes.Length - FieldsAt), length => Assert.Null(EntryFormat.Read(Sealed(bytes.AsSpan(0, length)))));
    }

    [Theory]
    [InlineData("Content-Type")]
    [InlineData(": value")]
    [InlineData("Bad Name: value")]
    [InlineData("X-A: a\r\nSet-Cookie: b")]
    [InlineData("X-A: \0")]
    public void Read_HeaderThatCannotBeSent_IsNoEntry(string line) => Assert.Null(EntryFormat.Read(Sealed([.. FullEntry.Bytes(), .. Field(4, System.Text.Encoding.UTF8.GetBytes(line))])));

    [Fact]
    public void Read_MoreFieldsThanAnEntryHas_IsNoEntry()
    {
        var many = Enumerable.Repeat(Field(4, "A:"u8), 5000).SelectMany(field => field);

        Assert.Null(EntryFormat.Read(Sealed([.. FullEntry.Bytes(), .. many])));
    }

    [Theory]
    [InlineData(5, "zstd")]
    [InlineData(6, "too-short")]
    [InlineData(6, "AbCdEfGhIjKlMnOp\"_StUQ")]
    [InlineData(14, "no key of 32 bytes")]
    public void Read_FieldThatCannotBe_IsNoEntry(ushort number, string value) =>
        Assert.Null(EntryFormat.Read(Sealed([.. FullEntry.Bytes(), .. Field(number, System.Text.Encoding.UTF8.GetBytes(value))])));

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void Read_AgeThatCannotBe_IsNoEntry(long age)
    {
        var value = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(value, age);

        Assert.Null(EntryFormat.Read(Sealed([.. FullEntry.Bytes(), .. Field(9, value)])));
    }

    [Fact]
    public void Write_LargerThanTheCap_IsNotWritten()
    {
        Assert.Null(EntryFormat.Write(FullEntry.Head, new byte[EntryFormat.MaxBytes], FullEntry.Age, FullEntry.TimeToLive));
        Assert.Null(EntryFormat.Write(FullEntry.Head, new byte[EntryFormat.MaxBytes + 1], FullEntry.Age, FullEntry.TimeToLive));
        Assert.NotNull(EntryFormat.Write(FullEntry.Head, new byte[EntryFormat.MaxBytes - 4096], FullEntry.Age, FullEntry.TimeToLive));
    }

    [Fact]
    public void Read_LargerThanTheCap_IsNoEntry() => Assert.Null(EntryFormat.Read(Sealed([.. FullEntry.Bytes(), .. Field(1000, new byte[EntryFormat.MaxBytes])])));

    private static string? Describe(byte[] bytes) => EntryFormat.Read(bytes) is { } read ? FullEntry.Describe(read) : null;

    private static byte[] File(string name) => System.IO.File.ReadAllBytes(Path.Combine(Repository.Root, "tests/TagGateway.Tests/Caching/Formats", name));

    private static byte[] Field(ushort number, ReadOnlySpan<byte> value)
    {
        var head = new byte[6];
        BinaryPrimitives.WriteUInt16LittleEndian(head, number);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(2), (uint)value.Length);
        return [.. head, .. value];
    }

    private static byte[] Sealed(ReadOnlySpan<byte> bytes)
    {
        var whole = bytes.ToArray();
        var hash = new XxHash128();
        hash.Append(whole.AsSpan(0, ChecksumAt));
        hash.Append(whole.AsSpan(FieldsAt));
        hash.GetCurrentHash(whole.AsSpan(ChecksumAt));
        return whole;
    }
}
