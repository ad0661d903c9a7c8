using System.Text;
using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;
using Smi.Messaging.Wire;

namespace Smi.Messaging.Tests;

public sealed class HeaderTests
{
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static readonly MessageHeader Header = MessageHeader.Root("DicomAnonymiser", TimeProvider.System);

    [Fact]
    public void Writes_the_five_entries_with_the_types_that_SmiServices_reads()
    {
        var table = HeaderTable.Write(Header);

        Assert.Equal(["MessageGuid", "OriginalPublishTimestamp", "Parents", "ProducerExecutableName", "ProducerProcessID"], table.Keys.Order(StringComparer.Ordinal));
        Assert.IsType<string>(table["MessageGuid"]);
        Assert.IsType<int>(table["ProducerProcessID"]);
        Assert.IsType<long>(table["OriginalPublishTimestamp"]);
        Assert.Equal("", table["Parents"]);
    }

    [Fact]
    public void Reads_strings_as_the_byte_arrays_in_which_AMQP_delivers_them()
    {
        var table = HeaderTable.Write(Header.Answer("Child", [1, 2])).ToDictionary(
            entry => entry.Key, entry => entry.Value is string text ? Encoding.UTF8.GetBytes(text) : entry.Value);

        var read = HeaderTable.Read(table);

        Assert.Equal([Header.MessageGuid], read.Parents);
        Assert.Equal("Child", read.ProducerExecutableName);
    }

    [Fact]
    public void An_answer_appends_its_parent_and_keeps_the_first_time_stamp()
    {
        var child = Header.Answer("A", [1]);
        var grandchild = child.Answer("B", [2]);

        Assert.Equal([Header.MessageGuid, child.MessageGuid], grandchild.Parents);
        Assert.Equal(Header.OriginalPublishTimestamp, grandchild.OriginalPublishTimestamp);
        Assert.Equal($"{Header.MessageGuid:D}->{child.MessageGuid:D}", HeaderTable.Write(grandchild)["Parents"]);
    }

    [Fact]
    public void The_same_answer_to_the_same_message_has_the_same_GUID_and_any_other_has_another()
    {
        Assert.Equal(Header.Answer("A", [1, 2]).MessageGuid, Header.Answer("A", [1, 2]).MessageGuid);
        Assert.NotEqual(Header.Answer("A", [1, 2]).MessageGuid, Header.Answer("A", [1, 3]).MessageGuid);
        Assert.NotEqual(Header.Answer("A", [1]).MessageGuid, MessageHeader.Root("X", TimeProvider.System).Answer("A", [1]).MessageGuid);
    }

    [Fact]
    public void An_answer_passes_the_trace_of_its_parent_on_and_is_the_same_message_with_or_without_it()
    {
        var traced = Header with { TraceParent = Trace };

        var answer = traced.Answer("A", [1]);

        Assert.Equal(Trace, HeaderTable.Read(HeaderTable.Write(answer)).TraceParent);
        Assert.Equal(Header.Answer("A", [1]).MessageGuid, answer.MessageGuid);
    }

    [Fact]
    public void A_trace_entry_of_another_form_is_no_reason_to_refuse_a_message()
    {
        object?[] others = [1.5, null, "", "00-short", new byte[56], new Dictionary<string, object?>()];

        Assert.All(others, other => Assert.Null(HeaderTable.Read(new Dictionary<string, object?>(HeaderTable.Write(Header)) { ["traceparent"] = other }).TraceParent));
    }

    [Theory]
    [InlineData("MessageGuid")]
    [InlineData("ProducerProcessID")]
    [InlineData("ProducerExecutableName")]
    [InlineData("OriginalPublishTimestamp")]
    [InlineData("Parents")]
    public void Refuses_a_table_that_lacks_an_entry_or_has_it_in_another_type(string name)
    {
        var table = HeaderTable.Write(Header);
        table[name] = 1.5;
        Assert.Throws<MalformedMessageException>(() => HeaderTable.Read(table));

        table.Remove(name);
        Assert.Contains(name, Assert.Throws<MalformedMessageException>(() => HeaderTable.Read(table)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MessageGuid", "not a guid")]
    [InlineData("Parents", "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee->")]
    [InlineData("Parents", "->")]
    public void Refuses_what_is_not_a_GUID_without_quoting_it(string name, string value)
    {
        var table = HeaderTable.Write(Header);
        table[name] = value;

        Assert.DoesNotContain("not a guid", Assert.Throws<MalformedMessageException>(() => HeaderTable.Read(table)).Message, StringComparison.Ordinal);
    }
}
