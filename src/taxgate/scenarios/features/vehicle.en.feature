# language: en
# Written from vehicle.feature; change that file.
Feature: Vehicles, Order Art. 24(2)

  @V-01
  Scenario: First registration with both taxes paid
    Given Person A applies to register a petrol car for the first time
    When the tax check is made
    Then the verdict is "pass"
    And row "V-01" decides
    And the registration may be completed
    And tax was verified

  @V-02
  Scenario: First registration without a record of purchase tax
    Given Person A applies to register a petrol car for the first time
    And the tax authority answers on vehicle purchase tax: "no record"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "refused"
    And row "V-02" decides
    And the evidence on vehicle purchase tax is "no record found"
    And a reason is "vehicle/purchase-tax/none-found"
    And Person A is to be told
    And there is nothing to report

  @V-03
  Scenario: First registration, vehicle and vessel tax unpaid
    Given Person A applies to register a petrol car for the first time
    And the tax authority answers on vehicle and vessel tax: "unpaid"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "refused"
    And row "V-03" decides
    And the registration may not be completed

  @V-04
  Scenario: A voucher nobody verified against a source without a record
    Given Person A applies to register a petrol car for the first time
    And the tax authority answers on vehicle purchase tax: "no record"
    And a paper on vehicle purchase tax is handed in saying "paid", not verified
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "V-04" decides
    And the evidence on vehicle purchase tax is "information conflicts"

  @V-05
  Scenario: The source of purchase tax does not answer
    Given Person A applies to register a petrol car for the first time
    And the inquiry on vehicle purchase tax came to nothing: "timed out"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "on hold"
    And row "V-05" decides
    And a retry alone could lift it
    And tax was not verified

  @V-05
  Scenario: A voucher verified at the tax counter stands in for the source
    Given Person A applies to register a petrol car for the first time
    And the inquiry on vehicle purchase tax came to nothing: "timed out"
    And a paper on vehicle purchase tax is handed in saying "paid", verified over: the tax counter
    When the tax check is made
    Then the verdict is "pass"
    And the registration may be completed

  @V-06
  Scenario: A small motorcycle is outside purchase tax
    Given Person A applies to register a petrol car for the first time
    And the kind of vehicle is "motorcycle"
    And the displacement in ml is "150"
    And the tax authority answers on vehicle purchase tax: "no record"
    When the tax check is made
    Then the verdict is "pass"
    And row "V-01" applies
    And the evidence on vehicle purchase tax is "not taxable"

  @V-06
  Scenario: A motorcycle of one millilitre more is taxed
    Given Person A applies to register a petrol car for the first time
    And the kind of vehicle is "motorcycle"
    And the displacement in ml is "151"
    And the tax authority answers on vehicle purchase tax: "no record"
    When the tax check is made
    Then the effect is "refused"
    And row "V-02" decides

  @V-07 @V-09
  Scenario: A battery car bought in 2025, exempt from purchase tax
    Given Person A applies to register a battery-electric car bought in 2025
    And the tax authority answers on vehicle purchase tax: "exempt"
    And its basis of the relief is "new energy"
    And the tax authority answers on vehicle and vessel tax: "no record"
    When the tax check is made
    Then the verdict is "pass"
    And row "V-09" applies
    And the evidence on vehicle and vessel tax is "not taxable"

  @V-07
  Scenario: A plug-in hybrid has an engine and needs a record
    Given Person A applies to register a petrol car for the first time
    And the energy is "plug-in hybrid"
    And the day of purchase is "2026-11-01"
    And the tax authority answers on vehicle and vessel tax: "no record"
    When the tax check is made
    Then the effect is "refused"
    And row "V-03" decides

  @V-08
  Scenario: Relief claimed without a record of the tax authority
    Given Person A applies to register a battery-electric car bought in 2025
    And the taxes claimed to be relieved is "vehicle purchase tax"
    And the tax authority answers on vehicle purchase tax: "no record"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "refused"
    And row "V-08" decides

  @V-10
  Scenario: A battery car bought in 2026, taxed at half the rate
    Given Person A applies to register a battery-electric car bought in 2025
    And the day of purchase is "2026-01-01"
    And the tax authority answers on vehicle purchase tax: "paid at a reduced amount"
    When the tax check is made
    Then the verdict is "pass"
    And row "V-10" applies

  @V-11
  Scenario: Bought in 2026, yet recorded as fully exempt for new energy
    Given Person A applies to register a battery-electric car bought in 2025
    And the day of purchase is "2026-01-01"
    And the tax authority answers on vehicle purchase tax: "exempt"
    And its basis of the relief is "new energy"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "V-04" applies
    And the evidence on vehicle purchase tax is "information conflicts"

  @V-12
  Scenario: Inspection mark, tax of the start year of the policy in force
    Given Person A applies for something about a registered petrol car
    And the day of handling is "2026-03-09"
    And there is a further compulsory insurance policy
    And its first day of cover is "2025-03-10"
    And its last day of cover is "2026-03-09"
    And the tax authority answers on vehicle and vessel tax: "paid"
    And its tax year is "2025"
    When the tax check is made
    Then the verdict is "pass"
    And row "V-12" decides

  @V-13
  Scenario: Inspection mark, one day after the policy ended
    Given Person A applies for something about a registered petrol car
    And the day of handling is "2026-03-10"
    And there is a further compulsory insurance policy
    And its first day of cover is "2025-03-10"
    And its last day of cover is "2026-03-09"
    And the tax authority answers on vehicle and vessel tax: "paid"
    And its tax year is "2025"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "refused"
    And row "V-13" decides
    And the evidence on vehicle and vessel tax is "the record belongs to something else"

  @V-14
  Scenario: This year paid, arrears of an earlier year
    Given Person A applies for something about a registered petrol car
    And the tax authority answers on vehicle and vessel tax: "paid"
    And the tax authority also answers on vehicle and vessel tax: "unpaid"
    And its tax year is "2024"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "may proceed"
    And row "V-14" decides
    And the registration may be completed

  @V-15
  Scenario: Inspection does not look at purchase tax
    Given Person A applies for something about a registered petrol car
    And the tax authority answers on vehicle purchase tax: "unpaid"
    When the tax check is made
    Then the verdict is "pass"
    And the registration may be completed

  @V-16
  Scenario: Transfer, purchase tax was paid once
    Given Person A applies for something about a registered petrol car
    And the act is "transfer"
    And the relief noted in the archive is "not known"
    And the tax authority answers on vehicle purchase tax: "paid"
    And its taxpayer is "Person C"
    When the tax check is made
    Then the verdict is "pass"
    And row "V-16" applies
    And row "V-35" applies

  @V-17
  Scenario: Transfer, the relief attaches to the vehicle and stays
    Given Person A applies for something about a registered petrol car
    And the act is "transfer"
    And the relief noted in the archive is "attaches to the vehicle"
    When the tax check is made
    Then the verdict is "pass"
    And row "V-17" applies

  @V-18
  Scenario: Transfer, lost relief made up by the new owner
    Given Person A applies for something about a registered petrol car
    And the act is "transfer"
    And the relief noted in the archive is "attaches to the owner"
    And the day of the relief in the archive is "2024-05-06"
    And the tax authority answers on vehicle purchase tax: "paid"
    And its taxpayer is "Person B"
    And its day of issue is "2026-11-20"
    When the tax check is made
    Then the verdict is "pass"
    And row "V-18" applies

  @V-19
  Scenario: Transfer, lost relief not made up
    Given Person A applies for something about a registered petrol car
    And the act is "transfer"
    And the relief noted in the archive is "attaches to the owner"
    And the tax authority answers on vehicle purchase tax: "no record"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "V-19" decides
    And Person B is to be told

  @V-19
  Scenario: The same under the strict reading
    Given Person A applies for something about a registered petrol car
    And the act is "transfer"
    And the relief noted in the archive is "attaches to the owner"
    And the tax authority answers on vehicle purchase tax: "no record"
    And the reading "refuse where lost relief from vehicle purchase tax was not made up" is on
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "refused"
    And row "V-19" decides

  @V-20
  Scenario: Transfer, archive unknown and no paid record
    Given Person A applies for something about a registered petrol car
    And the act is "transfer"
    And the relief noted in the archive is "not known"
    And the tax authority answers on vehicle purchase tax: "no record"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "V-20" decides

  @V-21
  Scenario: Transfer, the former owner paid this year's tax
    Given Person A applies for something about a registered petrol car
    And the act is "transfer"
    And the tax authority answers on vehicle and vessel tax: "paid"
    And its taxpayer is "Person A"
    When the tax check is made
    Then the verdict is "pass"
    And row "V-35" applies
    And the evidence on vehicle and vessel tax is "paid"

  @V-22
  Scenario: Transfer, vehicle and vessel tax missing
    Given Person A applies for something about a registered petrol car
    And the act is "transfer"
    And the tax authority answers on vehicle and vessel tax: "no record"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "V-22" decides

  @V-22
  Scenario: The same under the strict reading
    Given Person A applies for something about a registered petrol car
    And the act is "transfer"
    And the tax authority answers on vehicle and vessel tax: "no record"
    And the reading "refuse transfers and similar registrations without vehicle and vessel tax" is on
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "refused"
    And row "V-22" decides

  @V-23
  Scenario: Advisory acts go on although vehicle and vessel tax is unpaid
    Given Person A applies for something about a registered petrol car
    And the act is "mortgage"
    And the tax authority answers on vehicle and vessel tax: "unpaid"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "may proceed"
    And row "V-23" decides
    And the registration may be completed

  @V-23
  Scenario: Advisory acts go on although vehicle and vessel tax is unpaid
    Given Person A applies for something about a registered petrol car
    And the act is "release of mortgage"
    And the tax authority answers on vehicle and vessel tax: "unpaid"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "may proceed"
    And row "V-23" decides
    And the registration may be completed

  @V-23
  Scenario: Advisory acts go on although vehicle and vessel tax is unpaid
    Given Person A applies for something about a registered petrol car
    And the act is "deregistration"
    And the tax authority answers on vehicle and vessel tax: "unpaid"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "may proceed"
    And row "V-23" decides
    And the registration may be completed

  @V-23
  Scenario: Advisory acts go on although vehicle and vessel tax is unpaid
    Given Person A applies for something about a registered petrol car
    And the act is "other change"
    And the tax authority answers on vehicle and vessel tax: "unpaid"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "may proceed"
    And row "V-23" decides
    And the registration may be completed

  @V-24
  Scenario: Whole vehicle replaced, a record of the old VIN
    Given Person A applies for something about a registered petrol car
    And the act is "replacement of the whole vehicle"
    And the tax authority answers on vehicle purchase tax: "paid"
    And its VIN is "another vehicle"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "refused"
    And row "V-24" decides

  @V-25 @V-26
  Scenario: Bought and taxed in another province
    Given Person A applies to register a petrol car for the first time
    And the tax authority answers on vehicle purchase tax: "paid"
    And its place of the tax authority is "another province"
    When the tax check is made
    Then the verdict is "pass"
    And row "V-01" decides
    And a remark is "the record comes from a tax authority elsewhere"

  @V-27
  Scenario: The record is of another VIN
    Given Person A applies to register a petrol car for the first time
    And the tax authority answers on vehicle purchase tax: "paid"
    And its VIN is "another vehicle"
    When the tax check is made
    Then the effect is "refused"
    And row "V-02" decides
    And the evidence on vehicle purchase tax is "the record belongs to something else"

  @V-28
  Scenario: The record names another taxpayer
    Given Person A applies to register a petrol car for the first time
    And the tax authority answers on vehicle purchase tax: "paid"
    And its taxpayer is "Person C"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "V-28" decides

  @V-28
  Scenario: The same under the strict reading
    Given Person A applies to register a petrol car for the first time
    And the tax authority answers on vehicle purchase tax: "paid"
    And its taxpayer is "Person C"
    And the reading "refuse where purchase-tax payer and owner differ" is on
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "refused"
    And row "V-28" decides

  @V-29
  Scenario: Tax refunded after the car went back, then resold
    Given Person A applies to register a petrol car for the first time
    And the tax authority answers on vehicle purchase tax: "paid"
    And its voucher number is "V-7"
    And the tax authority also answers on vehicle purchase tax: "refunded"
    And its number it cancels is "V-7"
    When the tax check is made
    Then the effect is "refused"
    And row "V-02" decides
    And the evidence on vehicle purchase tax is "the record is no longer valid"

  @V-30
  Scenario: A voucher suspected forged, whatever the act
    Given Person A applies for something about a registered petrol car
    And the act is "issue of the inspection mark"
    And a paper on vehicle and vessel tax is handed in saying "paid", suspected by the officer to be forged
    When the tax check is made
    Then the verdict is "block"
    And the effect is "refused"
    And row "V-30" decides
    And a suspicion is to be reported in writing

  @V-30
  Scenario: A voucher suspected forged, whatever the act
    Given Person A applies for something about a registered petrol car
    And the act is "transfer"
    And a paper on vehicle and vessel tax is handed in saying "paid", suspected by the officer to be forged
    When the tax check is made
    Then the verdict is "block"
    And the effect is "refused"
    And row "V-30" decides
    And a suspicion is to be reported in writing

  @V-30
  Scenario: A voucher suspected forged, whatever the act
    Given Person A applies for something about a registered petrol car
    And the act is "mortgage"
    And a paper on vehicle and vessel tax is handed in saying "paid", suspected by the officer to be forged
    When the tax check is made
    Then the verdict is "block"
    And the effect is "refused"
    And row "V-30" decides
    And a suspicion is to be reported in writing

  @V-31
  Scenario: A seized vehicle, taxes settled
    Given Person A applies for something about a registered petrol car
    And the act is "transfer"
    And the vehicle seized is "yes"
    When the tax check is made
    Then the verdict is "pass"
    And row "V-31" applies
    And a non-tax obstacle is "vehicle under seizure"
    And the registration may not be completed

  @V-31
  Scenario: A seizure does not stand in the way of an inspection
    Given Person A applies for something about a registered petrol car
    And the vehicle seized is "yes"
    When the tax check is made
    Then there is no non-tax obstacle
    And the registration may be completed

  @V-32
  Scenario: A moped at the limits of design speed
    Given Person A applies to register a battery-electric car bought in 2025
    And the kind of vehicle is "motorcycle"
    And the design speed in km/h is "50"
    And the tax authority answers on vehicle and vessel tax: "no record"
    When the tax check is made
    Then the effect is "may proceed"
    And row "V-01" applies

  @V-32
  Scenario: A moped at the limits of design speed
    Given Person A applies to register a battery-electric car bought in 2025
    And the kind of vehicle is "motorcycle"
    And the design speed in km/h is "51"
    And the tax authority answers on vehicle and vessel tax: "no record"
    When the tax check is made
    Then the effect is "refused"
    And row "V-03" applies

  @V-33
  Scenario: Mortgage while the source does not answer
    Given Person A applies for something about a registered petrol car
    And the act is "mortgage"
    And the inquiry on vehicle and vessel tax came to nothing: "timed out"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "may proceed"
    And row "V-33" decides
    And tax was not verified
    And a retry alone could lift it

  @V-34
  Scenario: Tax deferred
    Given Person A applies to register a petrol car for the first time
    And the tax authority answers on vehicle purchase tax: "deferred or in instalments"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "V-34" decides

  @V-35
  Scenario: Mortgage with vehicle and vessel tax paid
    Given Person A applies for something about a registered petrol car
    And the act is "mortgage"
    When the tax check is made
    Then the verdict is "pass"
    And row "V-35" decides
    And the registration may be completed

  @V-36
  Scenario: Acts this checkpoint does not govern
    Given Person A applies for something about a registered petrol car
    And the act is "filing of a change"
    When the tax check is made
    Then the verdict is "pass"
    And row "V-36" decides
    And tax was not verified

  @V-36
  Scenario: Acts this checkpoint does not govern
    Given Person A applies for something about a registered petrol car
    And the act is "filing of a pledge"
    When the tax check is made
    Then the verdict is "pass"
    And row "V-36" decides
    And tax was not verified

  @V-36
  Scenario: Acts this checkpoint does not govern
    Given Person A applies for something about a registered petrol car
    And the act is "correction"
    When the tax check is made
    Then the verdict is "pass"
    And row "V-36" decides
    And tax was not verified

  @V-36
  Scenario: Acts this checkpoint does not govern
    Given Person A applies for something about a registered petrol car
    And the act is "school-bus plate"
    When the tax check is made
    Then the verdict is "pass"
    And row "V-36" decides
    And tax was not verified

  @V-36
  Scenario: Acts this checkpoint does not govern
    Given Person A applies for something about a registered petrol car
    And the act is "deregistration ex officio"
    When the tax check is made
    Then the verdict is "pass"
    And row "V-36" decides
    And tax was not verified

  @V-37
  Scenario: The eve of the Order and its first day
    Given Person A applies to register a petrol car for the first time
    And the day of handling is "2024-01-31"
    And the tax authority answers on vehicle purchase tax: "unpaid"
    When the tax check is made
    Then the effect is "may proceed"
    And row "V-37" decides

  @V-37
  Scenario: The eve of the Order and its first day
    Given Person A applies to register a petrol car for the first time
    And the day of handling is "2024-02-01"
    And the tax authority answers on vehicle purchase tax: "unpaid"
    When the tax check is made
    Then the effect is "refused"
    And row "V-02" decides

  @V-37
  Scenario: Registrar outside Shanxi
    Given Person A applies to register a petrol car for the first time
    And the registrar's place is "another province"
    When the tax check is made
    Then row "V-37" decides
    And tax was not verified

  @V-38
  Scenario: The archive shows no relief, yet tax is reported unpaid
    Given Person A applies for something about a registered petrol car
    And the act is "transfer"
    And the tax authority answers on vehicle purchase tax: "unpaid"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "V-38" decides

  @V-39
  Scenario: From one exempt owner to another of the same class
    Given Person A applies for something about a registered petrol car
    And the act is "transfer"
    And the owner is "Company A"
    And the new owner is "Company B"
    And the relief noted in the archive is "attaches to the owner"
    And the new owner claims the same relief is "yes"
    And the tax authority answers on vehicle purchase tax: "exempt"
    And its taxpayer is "Company B"
    When the tax check is made
    Then the effect is "may proceed"
    And row "V-39" applies

  @V-39
  Scenario: From one exempt owner to another of the same class
    Given Person A applies for something about a registered petrol car
    And the act is "transfer"
    And the owner is "Company A"
    And the new owner is "Company B"
    And the relief noted in the archive is "attaches to the owner"
    And the new owner claims the same relief is "yes"
    And the tax authority answers on vehicle purchase tax: "no record"
    And its taxpayer is "Company B"
    When the tax check is made
    Then the effect is "on hold"
    And row "V-39" applies

  @V-18 @V-19
  Scenario: Change of use or of co-owner, relief lost
    Given Person A applies for something about a registered petrol car
    And the act is "change of use"
    And the relief noted in the archive is "attaches to the use"
    And the day of the relief in the archive is "2024-05-06"
    And the tax authority answers on vehicle purchase tax: "paid"
    And its taxpayer is "Person A"
    And its day of issue is "2026-11-20"
    When the tax check is made
    Then the effect is "may proceed"
    And row "V-18" applies

  @V-18 @V-19
  Scenario: Change of use or of co-owner, relief lost
    Given Person A applies for something about a registered petrol car
    And the act is "change of use"
    And the relief noted in the archive is "attaches to the use"
    And the day of the relief in the archive is "2024-05-06"
    And the tax authority answers on vehicle purchase tax: "no record"
    And its taxpayer is "Person A"
    And its day of issue is "2026-11-20"
    When the tax check is made
    Then the effect is "on hold"
    And row "V-19" applies

  @V-18 @V-19
  Scenario: Change of use or of co-owner, relief lost
    Given Person A applies for something about a registered petrol car
    And the act is "change of co-owner"
    And the relief noted in the archive is "attaches to the owner"
    And the day of the relief in the archive is "2024-05-06"
    And the tax authority answers on vehicle purchase tax: "paid"
    And its taxpayer is "Person A"
    And its day of issue is "2026-11-20"
    When the tax check is made
    Then the effect is "may proceed"
    And row "V-18" applies

  @V-18 @V-19
  Scenario: Change of use or of co-owner, relief lost
    Given Person A applies for something about a registered petrol car
    And the act is "change of co-owner"
    And the relief noted in the archive is "attaches to the owner"
    And the day of the relief in the archive is "2024-05-06"
    And the tax authority answers on vehicle purchase tax: "no record"
    And its taxpayer is "Person A"
    And its day of issue is "2026-11-20"
    When the tax check is made
    Then the effect is "on hold"
    And row "V-19" applies

  @V-24
  Scenario: Whole vehicle replaced, vehicle and vessel tax missing
    Given Person A applies for something about a registered petrol car
    And the act is "replacement of the whole vehicle"
    And the tax authority answers on vehicle and vessel tax: "paid"
    When the tax check is made
    Then the effect is "may proceed"
    And row "V-35" applies

  @V-24
  Scenario: Whole vehicle replaced, vehicle and vessel tax missing
    Given Person A applies for something about a registered petrol car
    And the act is "replacement of the whole vehicle"
    And the tax authority answers on vehicle and vessel tax: "unpaid"
    When the tax check is made
    Then the effect is "refused"
    And row "V-24" applies

  @V-24
  Scenario: Whole vehicle replaced, vehicle and vessel tax missing
    Given Person A applies for something about a registered petrol car
    And the act is "replacement of the whole vehicle"
    And the tax authority answers on vehicle and vessel tax: "no record"
    When the tax check is made
    Then the effect is "refused"
    And row "V-24" applies

  @V-04
  Scenario: Transfer, a voucher on vehicle and vessel tax nobody verified
    Given Person A applies for something about a registered petrol car
    And the act is "transfer"
    And the tax authority answers on vehicle and vessel tax: "no record"
    And a paper on vehicle and vessel tax is handed in saying "paid", not verified
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "V-04" decides

  @V-34
  Scenario: Transfer, vehicle and vessel tax deferred
    Given Person A applies for something about a registered petrol car
    And the act is "transfer"
    And the tax authority answers on vehicle and vessel tax: "deferred or in instalments"
    When the tax check is made
    Then the verdict is "notify the taxpayer"
    And the effect is "on hold"
    And row "V-34" decides

  @V-05
  Scenario: Inspection while the source does not answer
    Given Person A applies for something about a registered petrol car
    And the inquiry on vehicle and vessel tax came to nothing: "fault of the other system"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "on hold"
    And row "V-05" decides

  @V-08
  Scenario: Relief from vehicle and vessel tax claimed without a record
    Given Person A applies to register a petrol car for the first time
    And the taxes claimed to be relieved is "vehicle and vessel tax"
    And the tax authority answers on vehicle and vessel tax: "no record"
    When the tax check is made
    Then the effect is "refused"
    And row "V-08" decides

  @V-30
  Scenario: First registration, the tax authority never issued the voucher
    Given Person A applies to register a petrol car for the first time
    And the tax authority answers on vehicle purchase tax: "never issued by the tax authority"
    When the tax check is made
    Then the verdict is "block"
    And the effect is "refused"
    And row "V-30" decides
    And a suspicion is to be reported in writing

  @V-33
  Scenario: Mortgage with a deferral of vehicle and vessel tax
    Given Person A applies for something about a registered petrol car
    And the act is "mortgage"
    And the tax authority answers on vehicle and vessel tax: "deferred or in instalments"
    When the tax check is made
    Then the effect is "may proceed"
    And row "V-33" decides
