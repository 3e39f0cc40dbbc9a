"""The types that cross steps: frozen values, no behaviour beyond what follows from their fields.

In the order of a run: `company` is what a person wrote, `catalogue` the rules, `plan` what comes of
them. `exchange` goes over the wire; `facts` is what the answers say. `site`, `kinds`,
`channel` and `profile` are what a company has, brought home as a `visit`. `metric` and
`breakdown` say what is measured of it, `result` is what a run knows in the end. All rest on
`value`: a figure is Known with its proof, Absent after a full look, or Unknown with a reason.
"""
