"""The arguments of `audit demo`, with the help that readers see; no logic."""

from pathlib import Path
from typing import Annotated

from audit.commands.options import Quiet, file_to_write
from audit.commands.params import Option


def demo(
    output: Annotated[
        Path,
        Option(
            "--output",
            "-o",
            metavar="FILE",
            parser=file_to_write,
            help="where to write the workbook",
        ),
    ] = Path("audit-demo/demo.xlsx"),
    quiet: Quiet = False,
) -> int:
    """Show it on eight invented companies on this machine, audited twice, a quarter apart.

    Writes audit-demo/demo.xlsx; takes half a minute and needs no network.
    """
    from audit.demo.show import demonstrate

    return demonstrate(output, quiet=quiet)
