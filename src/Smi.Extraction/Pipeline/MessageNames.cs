using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;
using Smi.Messaging.Wire;

namespace Smi.Extraction.Pipeline;

/// <summary>How logs name a message: by its GUID, never by its body.</summary>
internal static class MessageNames
{
    public static string Of(Delivery delivery)
    {
        try
        {
            return HeaderTable.Read(delivery.Headers).MessageGuid.ToString("D");
        }
        catch (MalformedMessageException)
        {
            return "without a readable header";
        }
    }
}
