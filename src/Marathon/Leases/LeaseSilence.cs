namespace Marathon.Leases;

/// <summary>
/// How long nobody has touched a lease, as told by one who looks at it now and then. The calendar may be off: it is believed only
/// where it says that the touch was between two looks.
/// </summary>
/// <param name="touched">The time of the file at the first look; UTC.</param>
/// <param name="betweenLooks">How long it means to wait between two looks; it may be late for one.</param>
public sealed class LeaseSilence(DateTime touched, TimeSpan betweenLooks)
{
    private DateTime _touched = touched;

    /// <summary>The silence at the last look.</summary>
    public TimeSpan Length { get; private set; }

    /// <summary>Looks again.</summary>
    /// <param name="touched">The time of the file; UTC.</param>
    /// <param name="now">What the calendar says now; UTC.</param>
    /// <param name="sinceLook">How long ago the last look was, by a clock that does not jump.</param>
    public void Look(DateTime touched, DateTime now, TimeSpan sinceLook)
    {
        Length = touched == _touched ? Length + sinceLook : SinceTouch(now - touched, sinceLook);
        _touched = touched;
    }

    // That this look is late says nothing about who touches the file.
    private TimeSpan SinceTouch(TimeSpan byCalendar, TimeSpan sinceLook) => byCalendar >= TimeSpan.Zero && byCalendar <= sinceLook
        ? byCalendar
        : sinceLook < betweenLooks ? sinceLook : betweenLooks;
}
