namespace Smi.Messaging.Messages;

/// <summary>What the second look at an anonymised file found; the numbers are the wire's.</summary>
public enum VerifiedFileStatus
{
    None = 0,
    NotVerified = 1,
    NotIdentifiable = 2,
    IsIdentifiable = 3,
    ErrorWontRetry = 4,
}
