using System.Globalization;

namespace Smi.Extraction.Hosting;

/// <summary>Routing keys <c>smi.control.WHO.WHAT[pid]</c>; the body of a control message says nothing.</summary>
internal static class ControlMessages
{
    public static ControlAction Read(string routingKey, int processId)
    {
        var action = routingKey.Split('.')[^1];
        var name = action.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');

        // The whole number must be ours: process 123 is not meant by stop1234, nor by stop23.
        if (name.Length < action.Length && action[name.Length..] != processId.ToString(CultureInfo.InvariantCulture))
        {
            return ControlAction.None;
        }

        return name switch
        {
            "stop" => ControlAction.Stop,
            "ping" => ControlAction.Ping,
            _ => ControlAction.None,
        };
    }
}
