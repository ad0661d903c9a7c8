using Smi.Messaging.Brokers;
using Smi.Messaging.Messages;

namespace Smi.Tests.Crash;

/// <summary>A message that is sent, and what must become of it.</summary>
internal sealed record CrashMessage(OutgoingMessage Message, ExtractedFileStatus Expected, string Output, int Original);
