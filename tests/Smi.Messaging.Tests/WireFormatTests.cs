using System.Text;
using System.Text.Json.Nodes;
using Smi.Messaging.Messages;
using Smi.Messaging.Wire;

namespace Smi.Messaging.Tests;

public sealed class WireFormatTests
{
    public static TheoryData<string, string> Samples => new()
    {
        { "request", WireSamples.Request },
        { "request", WireSamples.Request2024 },
        { "info", WireSamples.RequestInfo },
        { "info", WireSamples.RequestInfo2024 },
        { "file", WireSamples.File },
        { "file", WireSamples.File2024 },
        { "collection", WireSamples.Collection },
        { "collection", WireSamples.Collection2024 },
        { "status", WireSamples.Status },
        { "status", WireSamples.Status2024 },
        { "status", WireSamples.Failure },
        { "verification", WireSamples.Verification },
        { "verification", WireSamples.Verification2024 },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void Writes_every_sample_back_as_it_was_read(string kind, string sample)
    {
        var written = MessageWriter.Write(Read(kind, sample));

        Assert.True(WireSamples.SameJson(sample, written), Encoding.UTF8.GetString(written));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Rejects_every_sample_with_one_more_member(string kind, string sample)
    {
        var fault = Assert.Throws<MalformedMessageException>(() => Read(kind, Edit(sample, json => json["Surname"] = "Invented")));

        Assert.Contains("unknown", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Invented", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Surname", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Rejects_every_sample_that_lacks_any_one_of_its_members(string kind, string sample)
    {
        foreach (var member in JsonNode.Parse(sample)?.AsObject().Select(pair => pair.Key).ToList() ?? [])
        {
            if (kind == "file" && member == "IsPooledExtraction")
            {
                // Without it an ExtractFileMessage of v6 is one of June 2024, which has a member Modality of its own.
                continue;
            }

            var shorter = Edit(sample, json => json.Remove(member));
            var fault = Record.Exception(() => Read(kind, shorter));
            Assert.True(fault is MalformedMessageException, $"{kind} was read without {member}");
        }
    }

    [Theory]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("\"text\"")]
    [InlineData("not JSON at all, with Invented^Name in it")]
    public void Rejects_bodies_that_are_no_message_without_quoting_them(string body)
    {
        var fault = Assert.Throws<MalformedMessageException>(() => Read("file", body));

        Assert.DoesNotContain("Invented", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OutputPath")]
    [InlineData("Modality")]
    public void Rejects_a_null_where_only_a_string_may_stand(string member) =>
        Assert.Throws<MalformedMessageException>(() => Read("file", Edit(WireSamples.File, json => json[member] = null)));

    [Fact]
    public void Rejects_a_null_among_the_identifiers() =>
        Assert.Throws<MalformedMessageException>(
            () => Read("request", Edit(WireSamples.Request, json => json["ExtractionIdentifiers"] = new JsonArray("1.2.3", null))));

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(-1)]
    public void Rejects_a_status_that_is_no_result(int number) =>
        Assert.Throws<MalformedMessageException>(() => Read("status", Edit(WireSamples.Status, json => json["Status"] = number)));

    [Fact]
    public void Rejects_a_member_that_stands_twice()
    {
        var twice = WireSamples.File.Replace("{\"DicomFilePath\"", "{\"OutputPath\":\"other.dcm\",\"DicomFilePath\"", StringComparison.Ordinal);

        var fault = Assert.Throws<MalformedMessageException>(() => Read("file", twice));

        Assert.Contains("twice", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rejects_dispatched_files_whose_keys_and_values_differ_in_number() =>
        Assert.Throws<MalformedMessageException>(() => Read(
            "collection",
            Edit(WireSamples.Collection, json => (json["ExtractFileMessagesDispatched"] ?? json)["SerializeableValues"] = new JsonArray())));

    [Theory]
    [InlineData("2024-06-01T13:12:27Z", "2024-06-01T13:12:27Z")]
    [InlineData("2024-06-01T14:12:27.5+01:00", "2024-06-01T13:12:27.5Z")]
    [InlineData("2024-06-01T13:12:27.1200000", "2024-06-01T13:12:27.12Z")]
    public void Reads_any_ISO_time_and_writes_UTC(string read, string written)
    {
        var message = MessageReader.ReadFile(Encoding.UTF8.GetBytes(Edit(WireSamples.File, json => json["JobSubmittedAt"] = read)));

        Assert.Contains($"\"{written}\"", Encoding.UTF8.GetString(MessageWriter.Write(message)), StringComparison.Ordinal);
    }

    [Fact]
    public void Knows_the_shape_by_the_member_itself_and_not_by_its_name_in_a_value()
    {
        var tricky = Edit(WireSamples.File2024, json => json["DicomFilePath"] = "\"IsPooledExtraction\":true.dcm");

        Assert.Equal(MessageShape.June2024, MessageReader.ReadFile(Encoding.UTF8.GetBytes(tricky)).Extraction.Shape);
    }

    [Fact]
    public void Keeps_blanks_and_letters_beyond_ASCII_in_paths()
    {
        const string path = "2024/Łódź naïve+name/'a & b'.dcm";
        var message = MessageReader.ReadFile(Encoding.UTF8.GetBytes(Edit(WireSamples.File, json => json["DicomFilePath"] = path)));

        Assert.Equal(path, MessageReader.ReadFile(MessageWriter.Write(message)).DicomFilePath);
    }

    private static string Edit(string sample, Action<JsonObject> edit)
    {
        var json = JsonNode.Parse(sample)?.AsObject() ?? throw new InvalidOperationException("no object");
        edit(json);
        return json.ToJsonString();
    }

    private static ExtractionMessage Read(string kind, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return kind switch
        {
            "request" => MessageReader.ReadRequest(bytes),
            "info" => MessageReader.ReadRequestInfo(bytes),
            "file" => MessageReader.ReadFile(bytes),
            "collection" => MessageReader.ReadCollectionInfo(bytes),
            "status" => MessageReader.ReadStatus(bytes),
            _ => MessageReader.ReadVerification(bytes),
        };
    }
}
