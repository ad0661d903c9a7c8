using System.Net.Sockets;
using RabbitMQ.Client.Exceptions;

namespace Smi.Messaging.RabbitMq;

/// <summary>Which exceptions of the client library mean that channel or connection are gone.</summary>
internal static class RabbitFaults
{
    public static bool IsConnectionLoss(Exception fault) =>
        fault is AlreadyClosedException or OperationInterruptedException or BrokerUnreachableException or IOException or SocketException
            or ObjectDisposedException or TimeoutException
        || (fault is OperationCanceledException { InnerException: TimeoutException });
}
