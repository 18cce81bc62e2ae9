namespace BackOffice.Web.Shared;

/// <summary>What a chip's colours mean. The icon and the words always say it too.</summary>
public enum Tone
{
    Neutral,
    Attention,
    Info,
    Locked,
    Good,
    Bad,
    Void,
}
