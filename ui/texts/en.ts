<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name></name>
    <message id="wordmark">
        <source>iAM Smart</source>
        <translation>iAM Smart</translation>
    </message>
    <message id="wordmark_more">
        <source>Self-registration kiosk</source>
        <translation>Self-registration kiosk</translation>
    </message>
    <message id="cancel">
        <source>Cancel</source>
        <translation>Cancel</translation>
    </message>
    <message id="help">
        <source>Get help</source>
        <translation>Get help</translation>
    </message>
    <message id="back">
        <source>Back</source>
        <translation>Back</translation>
    </message>
    <message id="continue">
        <source>Continue</source>
        <translation>Continue</translation>
    </message>
    <message id="retry">
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message id="counter">
        <source>Go to a counter instead</source>
        <translation>Go to a counter instead</translation>
    </message>
    <message id="done">
        <source>Done</source>
        <translation>Done</translation>
    </message>
    <message id="text_size">
        <source>Larger text</source>
        <translation>Larger text</translation>
    </message>
    <message id="contrast">
        <source>High contrast</source>
        <translation>High contrast</translation>
    </message>
    <message id="language_zh_HK">
        <source>繁體中文</source>
        <translation>繁體中文</translation>
    </message>
    <message id="language_zh_CN">
        <source>简体中文</source>
        <translation>简体中文</translation>
    </message>
    <message id="language_en">
        <source>English</source>
        <translation>English</translation>
    </message>
    <message id="step_card">
        <source>Card</source>
        <translation>Card</translation>
    </message>
    <message id="step_details">
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message id="step_photo">
        <source>Photo</source>
        <translation>Photo</translation>
    </message>
    <message id="step_phone">
        <source>Phone</source>
        <translation>Phone</translation>
    </message>
    <message id="step_receipt">
        <source>Receipt</source>
        <translation>Receipt</translation>
    </message>
    <message id="step_accessible">
        <source>Steps</source>
        <translation>Steps</translation>
    </message>
    <message id="more_time_head">
        <source>Do you need more time?</source>
        <translation>Do you need more time?</translation>
    </message>
    <message id="more_time_body">
        <source>This ends in %1 seconds and your data will be erased.</source>
        <translation>This ends in %1 seconds and your data will be erased.</translation>
    </message>
    <message id="more_time">
        <source>More time</source>
        <translation>More time</translation>
    </message>
    <message id="title_STARTING">
        <source>Starting up</source>
        <translation>Starting up</translation>
    </message>
    <message id="body_STARTING">
        <source>The kiosk is checking itself. Please wait a moment.</source>
        <translation>The kiosk is checking itself. Please wait a moment.</translation>
    </message>
    <message id="title_OUT_OF_SERVICE">
        <source>Out of service</source>
        <translation>Out of service</translation>
    </message>
    <message id="body_OUT_OF_SERVICE">
        <source>We are sorry. Please use another kiosk or ask our staff.</source>
        <translation>We are sorry. Please use another kiosk or ask our staff.</translation>
    </message>
    <message id="title_CLOSED">
        <source>Closed now</source>
        <translation>Closed now</translation>
    </message>
    <message id="body_CLOSED">
        <source>This kiosk opens at %1.</source>
        <translation>This kiosk opens at %1.</translation>
    </message>
    <message id="title_ATTRACT">
        <source>Register for iAM Smart+ here</source>
        <translation>Register for iAM Smart+ here</translation>
    </message>
    <message id="beside_ATTRACT">
        <source>在這裏登記智方便+</source>
        <translation>在這裏登記智方便+</translation>
    </message>
    <message id="bring_card">
        <source>Hong Kong identity card</source>
        <translation>Hong Kong identity card</translation>
    </message>
    <message id="bring_phone">
        <source>Your phone</source>
        <translation>Your phone</translation>
    </message>
    <message id="bring_time">
        <source>About five minutes</source>
        <translation>About five minutes</translation>
    </message>
    <message id="touch_to_begin">
        <source>Touch to begin</source>
        <translation>Touch to begin</translation>
    </message>
    <message id="receipt_on_screen">
        <source>No printing today: your receipt is shown on the screen.</source>
        <translation>No printing today: your receipt is shown on the screen.</translation>
    </message>
    <message id="title_LANGUAGE">
        <source>Choose your language</source>
        <translation>Choose your language</translation>
    </message>
    <message id="beside_LANGUAGE">
        <source>請選擇語言 · 请选择语言</source>
        <translation>請選擇語言 · 请选择语言</translation>
    </message>
    <message id="title_SERVICE">
        <source>What would you like to do?</source>
        <translation>What would you like to do?</translation>
    </message>
    <message id="service_register">
        <source>Register for iAM Smart+</source>
        <translation>Register for iAM Smart+</translation>
    </message>
    <message id="service_register_more">
        <source>With your card and phone, about five minutes</source>
        <translation>With your card and phone, about five minutes</translation>
    </message>
    <message id="service_browse">
        <source>Browse services</source>
        <translation>Browse services</translation>
    </message>
    <message id="service_browse_more">
        <source>No registration needed</source>
        <translation>No registration needed</translation>
    </message>
    <message id="title_BROWSE">
        <source>Look around without an account</source>
        <translation>Look around without an account</translation>
    </message>
    <message id="body_BROWSE">
        <source>Or scan the code and look on your phone.</source>
        <translation>Or scan the code and look on your phone.</translation>
    </message>
    <message id="title_ELIGIBILITY">
        <source>Please check three things first</source>
        <translation>Please check three things first</translation>
    </message>
    <message id="eligible_card">
        <source>My card is the 2018 design: large photo on the left</source>
        <translation>My card is the 2018 design: large photo on the left</translation>
    </message>
    <message id="eligible_age">
        <source>I am 11 or older. Under 18, my parent agrees by phone.</source>
        <translation>I am 11 or older. Under 18, my parent agrees by phone.</translation>
    </message>
    <message id="eligible_phone">
        <source>I have my own phone with me</source>
        <translation>I have my own phone with me</translation>
    </message>
    <message id="eligible_yes">
        <source>Yes, all three</source>
        <translation>Yes, all three</translation>
    </message>
    <message id="eligible_no">
        <source>Not all of them</source>
        <translation>Not all of them</translation>
    </message>
    <message id="title_PRIVACY_NOTICE">
        <source>See how we use your data</source>
        <translation>See how we use your data</translation>
    </message>
    <message id="privacy_what">
        <source>We read name, number, dates, sex and portrait from your card, and take one photo.</source>
        <translation>We read name, number, dates, sex and portrait from your card, and take one photo.</translation>
    </message>
    <message id="privacy_why">
        <source>Only to confirm who you are and to register you.</source>
        <translation>Only to confirm who you are and to register you.</translation>
    </message>
    <message id="privacy_keep">
        <source>When you leave, this kiosk erases it. What is sent is sealed: only the register can open it.</source>
        <translation>When you leave, this kiosk erases it. What is sent is sealed: only the register can open it.</translation>
    </message>
    <message id="privacy_template">
        <source>Also keep a face template for later checks (optional)</source>
        <translation>Also keep a face template for later checks (optional)</translation>
    </message>
    <message id="privacy_version">
        <source>Statement %1</source>
        <translation>Statement %1</translation>
    </message>
    <message id="agree">
        <source>I agree</source>
        <translation>I agree</translation>
    </message>
    <message id="disagree">
        <source>I do not agree</source>
        <translation>I do not agree</translation>
    </message>
    <message id="on">
        <source>On</source>
        <translation>On</translation>
    </message>
    <message id="off">
        <source>Off</source>
        <translation>Off</translation>
    </message>
    <message id="title_PLACE_CARD">
        <source>Place your identity card</source>
        <translation>Place your identity card</translation>
    </message>
    <message id="body_PLACE_CARD">
        <source>Lay it flat in the lit frame, photo side up.</source>
        <translation>Lay it flat in the lit frame, photo side up.</translation>
    </message>
    <message id="card_hint_reading">
        <source>Reading your card</source>
        <translation>Reading your card</translation>
    </message>
    <message id="body_card_hint_reading">
        <source>Leave it where it lies: a moment is enough.</source>
        <translation>Leave it where it lies: a moment is enough.</translation>
    </message>
    <message id="card_hint_cut_off">
        <source>Move the whole card into the frame</source>
        <translation>Move the whole card into the frame</translation>
    </message>
    <message id="card_hint_covered">
        <source>Take your hand off the card</source>
        <translation>Take your hand off the card</translation>
    </message>
    <message id="card_hint_not_a_card">
        <source>Only the identity card in the frame</source>
        <translation>Only the identity card in the frame</translation>
    </message>
    <message id="card_hint_wrong_side">
        <source>Turn the card over</source>
        <translation>Turn the card over</translation>
    </message>
    <message id="card_hint_glare">
        <source>Light dazzles: move the card a little</source>
        <translation>Light dazzles: move the card a little</translation>
    </message>
    <message id="card_hint_too_dark">
        <source>Too dark: do not lean over the card</source>
        <translation>Too dark: do not lean over the card</translation>
    </message>
    <message id="card_hint_too_bright">
        <source>Too bright: shade the card with your hand</source>
        <translation>Too bright: shade the card with your hand</translation>
    </message>
    <message id="card_hint_blurred">
        <source>Let the card lie still</source>
        <translation>Let the card lie still</translation>
    </message>
    <message id="title_TYPE_DETAILS">
        <source>Type what your card shows</source>
        <translation>Type what your card shows</translation>
    </message>
    <message id="type_number">
        <source>Type your identity card number</source>
        <translation>Type your identity card number</translation>
    </message>
    <message id="type_birth">
        <source>Type your date of birth</source>
        <translation>Type your date of birth</translation>
    </message>
    <message id="type_issued">
        <source>Type the date of issue</source>
        <translation>Type the date of issue</translation>
    </message>
    <message id="wrong_check_digit">
        <source>The number and the character in brackets do not match. Please check.</source>
        <translation>The number and the character in brackets do not match. Please check.</translation>
    </message>
    <message id="wrong_date">
        <source>There is no such date. Please check.</source>
        <translation>There is no such date. Please check.</translation>
    </message>
    <message id="reason_key_refused">
        <source>These details do not open this card. Please check them again.</source>
        <translation>These details do not open this card. Please check them again.</translation>
    </message>
    <message id="key_delete">
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message id="key_letters">
        <source>Letter</source>
        <translation>Letter</translation>
    </message>
    <message id="title_READING_CARD">
        <source>Reading your card</source>
        <translation>Reading your card</translation>
    </message>
    <message id="body_READING_CARD">
        <source>Please do not move the card. It takes a few seconds.</source>
        <translation>Please do not move the card. It takes a few seconds.</translation>
    </message>
    <message id="title_CARD_PROBLEM">
        <source>The card could not be read</source>
        <translation>The card could not be read</translation>
    </message>
    <message id="title_CARD_PROBLEM_retry">
        <source>Please try the card again</source>
        <translation>Please try the card again</translation>
    </message>
    <message id="title_CHECK_DETAILS">
        <source>Are these your details?</source>
        <translation>Are these your details?</translation>
    </message>
    <message id="body_CHECK_DETAILS">
        <source>Parts are hidden to protect your privacy.</source>
        <translation>Parts are hidden to protect your privacy.</translation>
    </message>
    <message id="field_name">
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message id="field_number">
        <source>Card number</source>
        <translation>Card number</translation>
    </message>
    <message id="field_birth">
        <source>Date of birth</source>
        <translation>Date of birth</translation>
    </message>
    <message id="field_sex">
        <source>Sex</source>
        <translation>Sex</translation>
    </message>
    <message id="sex_F">
        <source>Female</source>
        <translation>Female</translation>
    </message>
    <message id="sex_M">
        <source>Male</source>
        <translation>Male</translation>
    </message>
    <message id="sex_X">
        <source>Not stated</source>
        <translation>Not stated</translation>
    </message>
    <message id="details_yes">
        <source>Yes, they are mine</source>
        <translation>Yes, they are mine</translation>
    </message>
    <message id="not_mine">
        <source>Not correct</source>
        <translation>Not correct</translation>
    </message>
    <message id="title_TAKING_PHOTO">
        <source>Look at the camera</source>
        <translation>Look at the camera</translation>
    </message>
    <message id="hint_none">
        <source>The photo is taken by itself: nothing to press.</source>
        <translation>The photo is taken by itself: nothing to press.</translation>
    </message>
    <message id="hint_no_face">
        <source>Stand in front of the camera</source>
        <translation>Stand in front of the camera</translation>
    </message>
    <message id="hint_two_faces">
        <source>One person only, please</source>
        <translation>One person only, please</translation>
    </message>
    <message id="hint_nearer">
        <source>Come a little nearer</source>
        <translation>Come a little nearer</translation>
    </message>
    <message id="hint_back">
        <source>Step back a little</source>
        <translation>Step back a little</translation>
    </message>
    <message id="hint_left">
        <source>Move a little to your left</source>
        <translation>Move a little to your left</translation>
    </message>
    <message id="hint_right">
        <source>Move a little to your right</source>
        <translation>Move a little to your right</translation>
    </message>
    <message id="hint_up">
        <source>Stand a little taller</source>
        <translation>Stand a little taller</translation>
    </message>
    <message id="hint_down">
        <source>Come down a little</source>
        <translation>Come down a little</translation>
    </message>
    <message id="hint_turn_to_camera">
        <source>Look straight at the camera</source>
        <translation>Look straight at the camera</translation>
    </message>
    <message id="hint_too_dark">
        <source>Your face is too dark: turn to the light</source>
        <translation>Your face is too dark: turn to the light</translation>
    </message>
    <message id="hint_too_bright">
        <source>Too bright: move out of the light</source>
        <translation>Too bright: move out of the light</translation>
    </message>
    <message id="hint_uneven_light">
        <source>Light comes from one side: turn a little</source>
        <translation>Light comes from one side: turn a little</translation>
    </message>
    <message id="hint_blurred">
        <source>Keep still for a moment</source>
        <translation>Keep still for a moment</translation>
    </message>
    <message id="hint_mask">
        <source>Please take off your mask</source>
        <translation>Please take off your mask</translation>
    </message>
    <message id="hint_hat">
        <source>Please clear your forehead</source>
        <translation>Please clear your forehead</translation>
    </message>
    <message id="hint_glasses">
        <source>Please take off your glasses</source>
        <translation>Please take off your glasses</translation>
    </message>
    <message id="hint_eyes_closed">
        <source>Open your eyes, please</source>
        <translation>Open your eyes, please</translation>
    </message>
    <message id="hint_mouth_open">
        <source>Close your mouth, please</source>
        <translation>Close your mouth, please</translation>
    </message>
    <message id="hint_hold_still">
        <source>Good. Hold still</source>
        <translation>Good. Hold still</translation>
    </message>
    <message id="asked_turn_left">
        <source>Turn your head slowly to the left</source>
        <translation>Turn your head slowly to the left</translation>
    </message>
    <message id="asked_turn_right">
        <source>Turn your head slowly to the right</source>
        <translation>Turn your head slowly to the right</translation>
    </message>
    <message id="asked_come_closer">
        <source>Come a little closer</source>
        <translation>Come a little closer</translation>
    </message>
    <message id="asked_look_straight">
        <source>Look straight at the screen</source>
        <translation>Look straight at the screen</translation>
    </message>
    <message id="asked_body">
        <source>The photo is taken. This shows that you are here yourself.</source>
        <translation>The photo is taken. This shows that you are here yourself.</translation>
    </message>
    <message id="asked_colours">
        <source>Keep looking here: the screen shines in colours. Touch it to stop.</source>
        <translation>Keep looking here: the screen shines in colours. Touch it to stop.</translation>
    </message>
    <message id="gentle">
        <source>No turning, no colours</source>
        <translation>No turning, no colours</translation>
    </message>
    <message id="attempt">
        <source>Try %1 of %2</source>
        <translation>Try %1 of %2</translation>
    </message>
    <message id="title_COMPARING">
        <source>Checking your photo</source>
        <translation>Checking your photo</translation>
    </message>
    <message id="body_COMPARING">
        <source>One moment, please. It takes a few seconds.</source>
        <translation>One moment, please. It takes a few seconds.</translation>
    </message>
    <message id="title_SENDING">
        <source>Sending securely</source>
        <translation>Sending securely</translation>
    </message>
    <message id="body_SENDING">
        <source>Your record is sealed: only the register can open it.</source>
        <translation>Your record is sealed: only the register can open it.</translation>
    </message>
    <message id="title_LINK_PHONE">
        <source>Finish on your phone</source>
        <translation>Finish on your phone</translation>
    </message>
    <message id="body_LINK_PHONE">
        <source>Scan the code with your phone and set your password.</source>
        <translation>Scan the code with your phone and set your password.</translation>
    </message>
    <message id="phone_done">
        <source>My phone is done</source>
        <translation>My phone is done</translation>
    </message>
    <message id="phone_later">
        <source>I will do it later</source>
        <translation>I will do it later</translation>
    </message>
    <message id="reference">
        <source>Reference</source>
        <translation>Reference</translation>
    </message>
    <message id="title_RECEIPT">
        <source>Take your receipt</source>
        <translation>Take your receipt</translation>
    </message>
    <message id="title_RECEIPT_none">
        <source>Photograph your receipt</source>
        <translation>Photograph your receipt</translation>
    </message>
    <message id="receipt_printing">
        <source>Printing. One moment, please.</source>
        <translation>Printing. One moment, please.</translation>
    </message>
    <message id="receipt_printed">
        <source>It carries no personal data.</source>
        <translation>It carries no personal data.</translation>
    </message>
    <message id="receipt_none">
        <source>Please keep a picture of the code and the reference.</source>
        <translation>Please keep a picture of the code and the reference.</translation>
    </message>
    <message id="receipt_waiting">
        <source>The line is down. Your registration is saved and will be sent later.</source>
        <translation>The line is down. Your registration is saved and will be sent later.</translation>
    </message>
    <message id="title_REFERRAL">
        <source>Please see our staff</source>
        <translation>Please see our staff</translation>
    </message>
    <message id="title_TAKE_CARD">
        <source>Take your card back</source>
        <translation>Take your card back</translation>
    </message>
    <message id="title_TAKE_CARD_out">
        <source>Keep your card with you</source>
        <translation>Keep your card with you</translation>
    </message>
    <message id="body_TAKE_CARD">
        <source>Please do not leave it behind.</source>
        <translation>Please do not leave it behind.</translation>
    </message>
    <message id="body_TAKE_CARD_out">
        <source>It is no longer on the reader.</source>
        <translation>It is no longer on the reader.</translation>
    </message>
    <message id="title_WIPING">
        <source>Thank you and goodbye</source>
        <translation>Thank you and goodbye</translation>
    </message>
    <message id="body_WIPING">
        <source>Your details and photo have been erased from this kiosk.</source>
        <translation>Your details and photo have been erased from this kiosk.</translation>
    </message>
    <message id="outcome_done">
        <source>Your registration is on its way.</source>
        <translation>Your registration is on its way.</translation>
    </message>
    <message id="outcome_left">
        <source>Nothing was registered.</source>
        <translation>Nothing was registered.</translation>
    </message>
    <message id="outcome_timed_out">
        <source>Time ran out. Nothing was registered.</source>
        <translation>Time ran out. Nothing was registered.</translation>
    </message>
    <message id="outcome_referred">
        <source>Our staff will go on helping you.</source>
        <translation>Our staff will go on helping you.</translation>
    </message>
    <message id="title_CARD_LEFT">
        <source>A card was left here</source>
        <translation>A card was left here</translation>
    </message>
    <message id="body_CARD_LEFT">
        <source>Please hand it to our staff. Thank you.</source>
        <translation>Please hand it to our staff. Thank you.</translation>
    </message>
    <message id="failure_any">
        <source>Something went wrong on our side. Our staff will help you.</source>
        <translation>Something went wrong on our side. Our staff will help you.</translation>
    </message>
    <message id="failure_card">
        <source>This kiosk could not confirm the card. It is no fault of yours: our staff will help.</source>
        <translation>This kiosk could not confirm the card. It is no fault of yours: our staff will help.</translation>
    </message>
    <message id="failure_card_removed">
        <source>The card was lifted too early. Lay it down again and leave it there.</source>
        <translation>The card was lifted too early. Lay it down again and leave it there.</translation>
    </message>
    <message id="failure_card_mute">
        <source>The card stopped answering. Lift it and lay it flat again.</source>
        <translation>The card stopped answering. Lift it and lay it flat again.</translation>
    </message>
    <message id="failure_card_unreadable">
        <source>The chip could not be read. Lift the card and lay it flat again.</source>
        <translation>The chip could not be read. Lift the card and lay it flat again.</translation>
    </message>
    <message id="failure_card_key_refused">
        <source>What was typed does not match the card. Please type it again.</source>
        <translation>What was typed does not match the card. Please type it again.</translation>
    </message>
    <message id="failure_card_old_form">
        <source>This is a 2003-design card, no longer valid. Please replace it at a Registration of Persons Office.</source>
        <translation>This is a 2003-design card, no longer valid. Please replace it at a Registration of Persons Office.</translation>
    </message>
    <message id="failure_card_old_form_counter">
        <source>This is a 2003-design card. A counter can register you with it; this kiosk cannot.</source>
        <translation>This is a 2003-design card. A counter can register you with it; this kiosk cannot.</translation>
    </message>
    <message id="failure_card_consular">
        <source>Holders of a Consular Corps identity card are served at a counter.</source>
        <translation>Holders of a Consular Corps identity card are served at a counter.</translation>
    </message>
    <message id="failure_card_child">
        <source>Registration is for people aged 11 or over.</source>
        <translation>Registration is for people aged 11 or over.</translation>
    </message>
    <message id="failure_card_minor">
        <source>A parent or guardian has to agree. Please go to a counter together.</source>
        <translation>A parent or guardian has to agree. Please go to a counter together.</translation>
    </message>
    <message id="failure_card_copy_suspected">
        <source>The front of this card could not be confirmed. Our staff will look at it with you.</source>
        <translation>The front of this card could not be confirmed. Our staff will look at it with you.</translation>
    </message>
    <message id="failure_card_tries_used">
        <source>The card could not be read, perhaps because of its chip. Our staff will help.</source>
        <translation>The card could not be read, perhaps because of its chip. Our staff will help.</translation>
    </message>
    <message id="failure_session_asked_help">
        <source>We have called our staff. Please wait here a moment.</source>
        <translation>We have called our staff. Please wait here a moment.</translation>
    </message>
    <message id="failure_session_counter">
        <source>Staff at a counter can register you without this camera.</source>
        <translation>Staff at a counter can register you without this camera.</translation>
    </message>
    <message id="failure_session_not_eligible">
        <source>This kiosk cannot register you yet. Our staff will tell you how.</source>
        <translation>This kiosk cannot register you yet. Our staff will tell you how.</translation>
    </message>
    <message id="failure_session_not_mine">
        <source>If something is not correct, please show your card to our staff.</source>
        <translation>If something is not correct, please show your card to our staff.</translation>
    </message>
    <message id="failure_face_for_staff">
        <source>Our staff will look at your photo together with you.</source>
        <translation>Our staff will look at your photo together with you.</translation>
    </message>
    <message id="failure_face">
        <source>The photo could not be checked. Light or glasses can be the reason: our staff will help.</source>
        <translation>The photo could not be checked. Light or glasses can be the reason: our staff will help.</translation>
    </message>
    <message id="failure_camera">
        <source>The camera has a problem. It is no fault of yours: our staff will help.</source>
        <translation>The camera has a problem. It is no fault of yours: our staff will help.</translation>
    </message>
    <message id="failure_vision">
        <source>The camera has a problem. It is no fault of yours: our staff will help.</source>
        <translation>The camera has a problem. It is no fault of yours: our staff will help.</translation>
    </message>
    <message id="failure_reader">
        <source>The card reader has a problem. It is no fault of yours.</source>
        <translation>The card reader has a problem. It is no fault of yours.</translation>
    </message>
    <message id="failure_register">
        <source>Our staff will complete this registration with you.</source>
        <translation>Our staff will complete this registration with you.</translation>
    </message>
    <message id="failure_outbox">
        <source>This kiosk cannot keep registrations just now. Our staff will help.</source>
        <translation>This kiosk cannot keep registrations just now. Our staff will help.</translation>
    </message>
    <message id="failure_clock">
        <source>The kiosk's clock must be set before anybody can register.</source>
        <translation>The kiosk's clock must be set before anybody can register.</translation>
    </message>
    <message id="receipt_title">
        <source>Registration receipt</source>
        <translation>Registration receipt</translation>
    </message>
    <message id="receipt_done">
        <source>Your registration has reached the register.</source>
        <translation>Your registration has reached the register.</translation>
    </message>
    <message id="receipt_queued">
        <source>Your registration is saved safely and will be sent soon.</source>
        <translation>Your registration is saved safely and will be sent soon.</translation>
    </message>
    <message id="receipt_next_1">
        <source>Scan the code below with your phone</source>
        <translation>Scan the code below with your phone</translation>
    </message>
    <message id="receipt_next_2">
        <source>Confirm on the phone and set a 6-digit password</source>
        <translation>Confirm on the phone and set a 6-digit password</translation>
    </message>
    <message id="receipt_next_3">
        <source>Then iAM Smart+ is ready to use</source>
        <translation>Then iAM Smart+ is ready to use</translation>
    </message>
    <message id="receipt_reference">
        <source>Reference</source>
        <translation>Reference</translation>
    </message>
    <message id="receipt_scan">
        <source>Scan with your phone</source>
        <translation>Scan with your phone</translation>
    </message>
    <message id="receipt_keep">
        <source>Please keep this slip. It carries no personal data.</source>
        <translation>Please keep this slip. It carries no personal data.</translation>
    </message>
    <message id="receipt_printed_at">
        <source>Printed %1</source>
        <translation>Printed %1</translation>
    </message>
    <message id="title_away">
        <source>One moment, please</source>
        <translation>One moment, please</translation>
    </message>
    <message id="browse_services">
        <source>Find a service</source>
        <translation>Find a service</translation>
    </message>
    <message id="browse_services_more">
        <source>%1 services, by subject or by search</source>
        <translation>%1 services, by subject or by search</translation>
    </message>
    <message id="browse_information">
        <source>Public information</source>
        <translation>Public information</translation>
    </message>
    <message id="browse_information_more">
        <source>Weather, traffic, announcements</source>
        <translation>Weather, traffic, announcements</translation>
    </message>
    <message id="title_INFORMATION">
        <source>See what is new</source>
        <translation>See what is new</translation>
    </message>
    <message id="information_none">
        <source>There is no news at the moment.</source>
        <translation>There is no news at the moment.</translation>
    </message>
    <message id="kind_warning">
        <source>Warning</source>
        <translation>Warning</translation>
    </message>
    <message id="kind_weather">
        <source>Weather</source>
        <translation>Weather</translation>
    </message>
    <message id="kind_traffic">
        <source>Traffic</source>
        <translation>Traffic</translation>
    </message>
    <message id="kind_announcement">
        <source>Announcement</source>
        <translation>Announcement</translation>
    </message>
    <message id="age_now">
        <source>just now</source>
        <translation>just now</translation>
    </message>
    <message id="age_minutes">
        <source>%1 min ago</source>
        <translation>%1 min ago</translation>
    </message>
    <message id="age_hours">
        <source>%1 h ago</source>
        <translation>%1 h ago</translation>
    </message>
    <message id="age_days">
        <source>%1 days ago</source>
        <translation>%1 days ago</translation>
    </message>
    <message id="title_CATALOGUE">
        <source>Choose a subject</source>
        <translation>Choose a subject</translation>
    </message>
    <message id="search">
        <source>Search by a word</source>
        <translation>Search by a word</translation>
    </message>
    <message id="title_SEARCH">
        <source>Search for a service</source>
        <translation>Search for a service</translation>
    </message>
    <message id="body_SEARCH_letters">
        <source>Type how a word begins</source>
        <translation>Type how a word begins</translation>
    </message>
    <message id="body_SEARCH_words">
        <source>Touch a word.</source>
        <translation>Touch a word.</translation>
    </message>
    <message id="show_found">
        <source>Show %1 services</source>
        <translation>Show %1 services</translation>
    </message>
    <message id="found_none">
        <source>No service found</source>
        <translation>No service found</translation>
    </message>
    <message id="found_count">
        <source>Found: %1</source>
        <translation>Found: %1</translation>
    </message>
    <message id="title_SERVICES">
        <source>Choose a service</source>
        <translation>Choose a service</translation>
    </message>
    <message id="next_page">
        <source>Next page (%1 of %2)</source>
        <translation>Next page (%1 of %2)</translation>
    </message>
    <message id="previous_page">
        <source>Page before</source>
        <translation>Page before</translation>
    </message>
    <message id="title_ONE_SERVICE">
        <source>Continue on your phone</source>
        <translation>Continue on your phone</translation>
    </message>
    <message id="service_on_site">
        <source>The code opens the official iAM Smart site; find this service there.</source>
        <translation>The code opens the official iAM Smart site; find this service there.</translation>
    </message>
    <message id="service_own">
        <source>The code opens this service.</source>
        <translation>The code opens this service.</translation>
    </message>
    <message id="attract_browse">
        <source>Services and information</source>
        <translation>Services and information</translation>
    </message>
    <message id="for_staff">
        <source>For staff</source>
        <translation>For staff</translation>
    </message>
    <message id="solve_reader">
        <source>Check the cable of the card reader, then plug it in again.</source>
        <translation>Check the cable of the card reader, then plug it in again.</translation>
    </message>
    <message id="solve_camera">
        <source>Check the cable of the camera and clean its glass.</source>
        <translation>Check the cable of the camera and clean its glass.</translation>
    </message>
    <message id="solve_vision">
        <source>Restart the terminal. If it comes back, call the service line.</source>
        <translation>Restart the terminal. If it comes back, call the service line.</translation>
    </message>
    <message id="solve_printer">
        <source>Put in a new paper roll and close the cover.</source>
        <translation>Put in a new paper roll and close the cover.</translation>
    </message>
    <message id="solve_outbox">
        <source>Check the network: records wait to be sent.</source>
        <translation>Check the network: records wait to be sent.</translation>
    </message>
    <message id="solve_register">
        <source>Check the network. Records are kept until it is back.</source>
        <translation>Check the network. Records are kept until it is back.</translation>
    </message>
    <message id="solve_clock">
        <source>Check the network: the clock is set from it.</source>
        <translation>Check the network: the clock is set from it.</translation>
    </message>
    <message id="solve_any">
        <source>Restart the terminal. If it comes back, call the service line.</source>
        <translation>Restart the terminal. If it comes back, call the service line.</translation>
    </message>
    <message id="curtain">
        <source>The screen is hidden for privacy.</source>
        <translation>The screen is hidden for privacy.</translation>
    </message>
    <message id="title_STAFF_PIN">
        <source>Type the PIN of your service card</source>
        <translation>Type the PIN of your service card</translation>
    </message>
    <message id="body_STAFF_PIN">
        <source>For staff only. Leave the card on the reader.</source>
        <translation>For staff only. Leave the card on the reader.</translation>
    </message>
    <message id="pin_tries">
        <source>That is not the PIN of this card. Tries left: %1.</source>
        <translation>That is not the PIN of this card. Tries left: %1.</translation>
    </message>
    <message id="pin_locked">
        <source>Locked for %1 minutes after too many wrong PINs. Citizens are served meanwhile.</source>
        <translation>Locked for %1 minutes after too many wrong PINs. Citizens are served meanwhile.</translation>
    </message>
    <message id="pin_card_bad">
        <source>This card is not accepted.</source>
        <translation>This card is not accepted.</translation>
    </message>
    <message id="pin_asking">
        <source>The card checks the PIN.</source>
        <translation>The card checks the PIN.</translation>
    </message>
    <message id="title_STAFF_MENU">
        <source>Staff mode</source>
        <translation>Staff mode</translation>
    </message>
    <message id="staff_where">
        <source>Terminal %1. Staff mode ends in %2 minutes, or when the card is taken.</source>
        <translation>Terminal %1. Staff mode ends in %2 minutes, or when the card is taken.</translation>
    </message>
    <message id="staff_leave">
        <source>Leave staff mode</source>
        <translation>Leave staff mode</translation>
    </message>
    <message id="staff_tests">
        <source>Test devices</source>
        <translation>Test devices</translation>
    </message>
    <message id="staff_paper">
        <source>Change paper</source>
        <translation>Change paper</translation>
    </message>
    <message id="staff_camera">
        <source>Face camera</source>
        <translation>Face camera</translation>
    </message>
    <message id="staff_logs">
        <source>Log</source>
        <translation>Log</translation>
    </message>
    <message id="staff_report">
        <source>Readiness report</source>
        <translation>Readiness report</translation>
    </message>
    <message id="staff_restart">
        <source>Restart</source>
        <translation>Restart</translation>
    </message>
    <message id="staff_take_out">
        <source>Take out of service</source>
        <translation>Take out of service</translation>
    </message>
    <message id="staff_put_back">
        <source>Put back into service</source>
        <translation>Put back into service</translation>
    </message>
    <message id="device_reader">
        <source>Card reader</source>
        <translation>Card reader</translation>
    </message>
    <message id="device_face_camera">
        <source>Face camera</source>
        <translation>Face camera</translation>
    </message>
    <message id="device_document_camera">
        <source>Card camera</source>
        <translation>Card camera</translation>
    </message>
    <message id="device_printer">
        <source>Receipt printer</source>
        <translation>Receipt printer</translation>
    </message>
    <message id="device_ready">
        <source>Works</source>
        <translation>Works</translation>
    </message>
    <message id="test_reader">
        <source>Card reader</source>
        <translation>Card reader</translation>
    </message>
    <message id="test_printer">
        <source>Receipt printer</source>
        <translation>Receipt printer</translation>
    </message>
    <message id="test_face_camera">
        <source>Face camera</source>
        <translation>Face camera</translation>
    </message>
    <message id="test_document_camera">
        <source>Card camera</source>
        <translation>Card camera</translation>
    </message>
    <message id="test_touch">
        <source>Touch screen</source>
        <translation>Touch screen</translation>
    </message>
    <message id="test_sound">
        <source>Sound</source>
        <translation>Sound</translation>
    </message>
    <message id="verdict_good">
        <source>Passed</source>
        <translation>Passed</translation>
    </message>
    <message id="verdict_bad">
        <source>Failed</source>
        <translation>Failed</translation>
    </message>
    <message id="verdict_never">
        <source>Not tested yet</source>
        <translation>Not tested yet</translation>
    </message>
    <message id="title_STAFF_TESTS">
        <source>Which device do you want to test?</source>
        <translation>Which device do you want to test?</translation>
    </message>
    <message id="body_STAFF_TESTS">
        <source>The last result of each is kept.</source>
        <translation>The last result of each is kept.</translation>
    </message>
    <message id="title_STAFF_TEST">
        <source>Test a device</source>
        <translation>Test a device</translation>
    </message>
    <message id="test_do_reader">
        <source>The reader asks your service card.</source>
        <translation>The reader asks your service card.</translation>
    </message>
    <message id="test_do_printer">
        <source>A test slip is printed.</source>
        <translation>A test slip is printed.</translation>
    </message>
    <message id="test_do_document_camera">
        <source>The card camera is asked for a picture.</source>
        <translation>The card camera is asked for a picture.</translation>
    </message>
    <message id="test_do_touch">
        <source>Touch every square once.</source>
        <translation>Touch every square once.</translation>
    </message>
    <message id="test_do_sound">
        <source>The sound is prepared.</source>
        <translation>The sound is prepared.</translation>
    </message>
    <message id="test_ask_printer">
        <source>Is the slip clean and whole, with black bars?</source>
        <translation>Is the slip clean and whole, with black bars?</translation>
    </message>
    <message id="test_ask_sound">
        <source>Put on the headphones. Do you hear this screen clearly?</source>
        <translation>Put on the headphones. Do you hear this screen clearly?</translation>
    </message>
    <message id="test_play">
        <source>Play the sound</source>
        <translation>Play the sound</translation>
    </message>
    <message id="test_yes">
        <source>Good</source>
        <translation>Good</translation>
    </message>
    <message id="test_no">
        <source>Not good</source>
        <translation>Not good</translation>
    </message>
    <message id="title_STAFF_PAPER">
        <source>Change the paper roll</source>
        <translation>Change the paper roll</translation>
    </message>
    <message id="paper_1">
        <source>Open the cover of the printer.</source>
        <translation>Open the cover of the printer.</translation>
    </message>
    <message id="paper_2">
        <source>Lay the new roll in, the paper coming from below, and close the cover.</source>
        <translation>Lay the new roll in, the paper coming from below, and close the cover.</translation>
    </message>
    <message id="paper_3">
        <source>Print a test slip.</source>
        <translation>Print a test slip.</translation>
    </message>
    <message id="paper_0">
        <source>The printer does not answer. Check its cable and its power.</source>
        <translation>The printer does not answer. Check its cable and its power.</translation>
    </message>
    <message id="title_STAFF_CAMERA">
        <source>What the face camera sees</source>
        <translation>What the face camera sees</translation>
    </message>
    <message id="body_STAFF_CAMERA">
        <source>Nobody is photographed here.</source>
        <translation>Nobody is photographed here.</translation>
    </message>
    <message id="measure_rate">
        <source>Pictures a second</source>
        <translation>Pictures a second</translation>
    </message>
    <message id="measure_size">
        <source>Size of the picture</source>
        <translation>Size of the picture</translation>
    </message>
    <message id="measure_brightness">
        <source>Brightness</source>
        <translation>Brightness</translation>
    </message>
    <message id="measure_sharpness">
        <source>Sharpness</source>
        <translation>Sharpness</translation>
    </message>
    <message id="title_STAFF_LOGS">
        <source>What the terminal noted last</source>
        <translation>What the terminal noted last</translation>
    </message>
    <message id="title_STAFF_REPORT">
        <source>Is this terminal ready?</source>
        <translation>Is this terminal ready?</translation>
    </message>
    <message id="report_ready">
        <source>Ready for citizens</source>
        <translation>Ready for citizens</translation>
    </message>
    <message id="report_not_ready">
        <source>Not ready</source>
        <translation>Not ready</translation>
    </message>
    <message id="report_make">
        <source>Make the report as PDF</source>
        <translation>Make the report as PDF</translation>
    </message>
    <message id="report_making">
        <source>The report is being made.</source>
        <translation>The report is being made.</translation>
    </message>
    <message id="report_made">
        <source>The report is kept in this terminal.</source>
        <translation>The report is kept in this terminal.</translation>
    </message>
    <message id="report_failed">
        <source>The report could not be kept.</source>
        <translation>The report could not be kept.</translation>
    </message>
    <message id="report_title">
        <source>Readiness report</source>
        <translation>Readiness report</translation>
    </message>
    <message id="report_terminal">
        <source>Terminal %1</source>
        <translation>Terminal %1</translation>
    </message>
    <message id="report_made_at">
        <source>Made at %1</source>
        <translation>Made at %1</translation>
    </message>
    <message id="report_devices">
        <source>Devices now</source>
        <translation>Devices now</translation>
    </message>
    <message id="report_tests">
        <source>Tests</source>
        <translation>Tests</translation>
    </message>
    <message id="report_rest">
        <source>The terminal</source>
        <translation>The terminal</translation>
    </message>
    <message id="report_software">
        <source>Software</source>
        <translation>Software</translation>
    </message>
    <message id="report_clock">
        <source>Trusted clock</source>
        <translation>Trusted clock</translation>
    </message>
    <message id="report_outbox">
        <source>Room for records</source>
        <translation>Room for records</translation>
    </message>
    <message id="report_queued">
        <source>Records that wait</source>
        <translation>Records that wait</translation>
    </message>
    <message id="report_oldest">
        <source>The oldest waits</source>
        <translation>The oldest waits</translation>
    </message>
    <message id="report_service">
        <source>In service</source>
        <translation>In service</translation>
    </message>
    <message id="report_trail">
        <source>Entries of the trail</source>
        <translation>Entries of the trail</translation>
    </message>
    <message id="report_content">
        <source>Public content</source>
        <translation>Public content</translation>
    </message>
    <message id="report_good">
        <source>In order</source>
        <translation>In order</translation>
    </message>
    <message id="report_bad">
        <source>Not in order</source>
        <translation>Not in order</translation>
    </message>
    <message id="report_never">
        <source>Never tested</source>
        <translation>Never tested</translation>
    </message>
    <message id="title_STAFF_RESTART">
        <source>Restart the terminal?</source>
        <translation>Restart the terminal?</translation>
    </message>
    <message id="body_STAFF_RESTART">
        <source>It takes about a minute. Staff mode ends.</source>
        <translation>It takes about a minute. Staff mode ends.</translation>
    </message>
    <message id="restart_now">
        <source>Restart now</source>
        <translation>Restart now</translation>
    </message>
    <message id="slip_test">
        <source>Test slip</source>
        <translation>Test slip</translation>
    </message>
    <message id="slip_even">
        <source>Every bar is black and without gaps.</source>
        <translation>Every bar is black and without gaps.</translation>
    </message>
    <message id="failure_staff_out_of_service">
        <source>Staff have closed this kiosk for a while. Please use another one.</source>
        <translation>Staff have closed this kiosk for a while. Please use another one.</translation>
    </message>
    <message id="solve_staff">
        <source>Lay your service card on the reader and put the terminal back into service.</source>
        <translation>Lay your service card on the reader and put the terminal back into service.</translation>
    </message>
    <message id="paper_slip">
        <source>Print a test slip</source>
        <translation>Print a test slip</translation>
    </message>
    <message id="title_GUARDIAN">
        <source>Let your parent or guardian agree</source>
        <translation>Let your parent or guardian agree</translation>
    </message>
    <message id="body_GUARDIAN">
        <source>You are under 18. Your parent or guardian scans this with a phone; then we go on by ourselves.</source>
        <translation>You are under 18. Your parent or guardian scans this with a phone; then we go on by ourselves.</translation>
    </message>
    <message id="guardian_preparing">
        <source>The code is being prepared. This takes a few seconds.</source>
        <translation>The code is being prepared. This takes a few seconds.</translation>
    </message>
    <message id="guardian_check">
        <source>The phone must show the same code as here.</source>
        <translation>The phone must show the same code as here.</translation>
    </message>
    <message id="guardian_waiting">
        <source>Waiting for an answer</source>
        <translation>Waiting for an answer</translation>
    </message>
    <message id="failure_guardian_declined">
        <source>Your parent or guardian did not agree. Please talk to them, or ask our staff.</source>
        <translation>Your parent or guardian did not agree. Please talk to them, or ask our staff.</translation>
    </message>
    <message id="failure_guardian_expired">
        <source>Nobody answered in time. You can start again when your parent or guardian is ready.</source>
        <translation>Nobody answered in time. You can start again when your parent or guardian is ready.</translation>
    </message>
    <message id="failure_guardian_withdrawn">
        <source>Your parent or guardian took the consent back.</source>
        <translation>Your parent or guardian took the consent back.</translation>
    </message>
    <message id="failure_guardian_unreachable">
        <source>We cannot ask your parent or guardian right now. Please go to a counter together.</source>
        <translation>We cannot ask your parent or guardian right now. Please go to a counter together.</translation>
    </message>
    <message id="title_CONFIRM">
        <source>Our staff confirm it is you</source>
        <translation>Our staff confirm it is you</translation>
    </message>
    <message id="body_CONFIRM">
        <source>Staff compare you with your card, then lay their service card on the reader.</source>
        <translation>Staff compare you with your card, then lay their service card on the reader.</translation>
    </message>
    <message id="confirm_pin">
        <source>Staff: type the PIN to confirm this citizen.</source>
        <translation>Staff: type the PIN to confirm this citizen.</translation>
    </message>
    <message id="confirm_no">
        <source>Not confirmed</source>
        <translation>Not confirmed</translation>
    </message>
    <message id="mode_counter">
        <source>Registration at the counter</source>
        <translation>Registration at the counter</translation>
    </message>
    <message id="mode_mobile">
        <source>Mobile registration team</source>
        <translation>Mobile registration team</translation>
    </message>
    <message id="battery_level">
        <source>Battery %1 %</source>
        <translation>Battery %1 %</translation>
    </message>
    <message id="battery_charging">
        <source>Battery %1 %, charging</source>
        <translation>Battery %1 %, charging</translation>
    </message>
    <message id="failure_power">
        <source>The battery is nearly empty. Please ask our staff.</source>
        <translation>The battery is nearly empty. Please ask our staff.</translation>
    </message>
    <message id="solve_power">
        <source>Plug in the charger. The terminal opens again by itself.</source>
        <translation>Plug in the charger. The terminal opens again by itself.</translation>
    </message>
    <message id="seated">
        <source>I am sitting: everything lower</source>
        <translation>I am sitting: everything lower</translation>
    </message>
    <message id="hint_seated_nearer">
        <source>Move a little nearer</source>
        <translation>Move a little nearer</translation>
    </message>
    <message id="hint_seated_back">
        <source>Move back a little</source>
        <translation>Move back a little</translation>
    </message>
    <message id="hint_seated_up">
        <source>Sit up a little, or ask our staff to lower the camera</source>
        <translation>Sit up a little, or ask our staff to lower the camera</translation>
    </message>
    <message id="hint_seated_down">
        <source>Lean back a little, or ask our staff to raise the camera</source>
        <translation>Lean back a little, or ask our staff to raise the camera</translation>
    </message>
    <message id="provision_network">
        <source>Network</source>
        <translation>Network</translation>
    </message>
    <message id="provision_clock">
        <source>Clock against the fleet</source>
        <translation>Clock against the fleet</translation>
    </message>
    <message id="provision_site">
        <source>Site</source>
        <translation>Site</translation>
    </message>
    <message id="provision_panel">
        <source>Panel</source>
        <translation>Panel</translation>
    </message>
    <message id="provision_lights">
        <source>Lights of the tray</source>
        <translation>Lights of the tray</translation>
    </message>
    <message id="provision_claim">
        <source>Identity of the terminal</source>
        <translation>Identity of the terminal</translation>
    </message>
    <message id="provision_settings">
        <source>Settings</source>
        <translation>Settings</translation>
    </message>
    <message id="provision_self_test">
        <source>Self-test</source>
        <translation>Self-test</translation>
    </message>
    <message id="title_SETUP_LIST">
        <source>Set up this terminal</source>
        <translation>Set up this terminal</translation>
    </message>
    <message id="title_SETUP_STEP">
        <source>Set up one part</source>
        <translation>Set up one part</translation>
    </message>
    <message id="title_SETUP_TYPE">
        <source>Type the answer</source>
        <translation>Type the answer</translation>
    </message>
    <message id="title_SETUP_CHOOSE">
        <source>Choose one</source>
        <translation>Choose one</translation>
    </message>
    <message id="title_SETUP_WORK">
        <source>Please wait</source>
        <translation>Please wait</translation>
    </message>
    <message id="title_SETUP_CAMERA">
        <source>Look at the picture</source>
        <translation>Look at the picture</translation>
    </message>
    <message id="title_SETUP_TOUCH">
        <source>Touch the middle of the ring</source>
        <translation>Touch the middle of the ring</translation>
    </message>
    <message id="title_SETUP_JUDGE">
        <source>Look and listen</source>
        <translation>Look and listen</translation>
    </message>
    <message id="title_SETUP_REPORT">
        <source>Is this terminal ready?</source>
        <translation>Is this terminal ready?</translation>
    </message>
    <message id="setup_done">
        <source>%1 of %2 steps done</source>
        <translation>%1 of %2 steps done</translation>
    </message>
    <message id="setup_step_of">
        <source>Step %1 of %2</source>
        <translation>Step %1 of %2</translation>
    </message>
    <message id="setup_next">
        <source>Next: %1</source>
        <translation>Next: %1</translation>
    </message>
    <message id="setup_to_report">
        <source>To the report</source>
        <translation>To the report</translation>
    </message>
    <message id="setup_go_on">
        <source>Next step</source>
        <translation>Next step</translation>
    </message>
    <message id="setup_begin">
        <source>Start</source>
        <translation>Start</translation>
    </message>
    <message id="setup_again">
        <source>Do it again</source>
        <translation>Do it again</translation>
    </message>
    <message id="setup_skip">
        <source>Skip</source>
        <translation>Skip</translation>
    </message>
    <message id="setup_later">
        <source>Later</source>
        <translation>Later</translation>
    </message>
    <message id="setup_waits">
        <source>First: %1</source>
        <translation>First: %1</translation>
    </message>
    <message id="setup_lacking">
        <source>Give the open answers first.</source>
        <translation>Give the open answers first.</translation>
    </message>
    <message id="setup_open">
        <source>Not answered yet</source>
        <translation>Not answered yet</translation>
    </message>
    <message id="setup_take">
        <source>Use this</source>
        <translation>Use this</translation>
    </message>
    <message id="setup_unusable">
        <source>This cannot be used.</source>
        <translation>This cannot be used.</translation>
    </message>
    <message id="setup_type_it">
        <source>Type another</source>
        <translation>Type another</translation>
    </message>
    <message id="setup_nothing_found">
        <source>No such device was found. Plug it in, or type its name.</source>
        <translation>No such device was found. Plug it in, or type its name.</translation>
    </message>
    <message id="setup_first_language">
        <source>This language is on the first screen. Citizens can choose all three.</source>
        <translation>This language is on the first screen. Citizens can choose all three.</translation>
    </message>
    <message id="setup_skip_why">
        <source>Why is it skipped?</source>
        <translation>Why is it skipped?</translation>
    </message>
    <message id="skip_1">
        <source>Not ordered</source>
        <translation>Not ordered</translation>
    </message>
    <message id="skip_2">
        <source>It comes later</source>
        <translation>It comes later</translation>
    </message>
    <message id="skip_3">
        <source>Not possible here</source>
        <translation>Not possible here</translation>
    </message>
    <message id="setup_working">
        <source>Please wait a moment.</source>
        <translation>Please wait a moment.</translation>
    </message>
    <message id="setup_word_lay_card">
        <source>Lay the test card on the reader.</source>
        <translation>Lay the test card on the reader.</translation>
    </message>
    <message id="setup_word_lay_slip">
        <source>Lay the slip with the code under the card camera.</source>
        <translation>Lay the slip with the code under the card camera.</translation>
    </message>
    <message id="setup_word_report">
        <source>The report is being made and signed.</source>
        <translation>The report is being made and signed.</translation>
    </message>
    <message id="setup_word_key_in_a_file">
        <source>This machine has no TPM and no host key. Whoever takes the disk has the terminal's key: report a theft at once.</source>
        <translation>This machine has no TPM and no host key. Whoever takes the disk has the terminal's key: report a theft at once.</translation>
    </message>
    <message id="setup_word_no_machine_key">
        <source>The TPM keeps the key, but signs nothing: a library is missing. A copy of the key would not be noticed.</source>
        <translation>The TPM keeps the key, but signs nothing: a library is missing. A copy of the key would not be noticed.</translation>
    </message>
    <message id="setup_touch_number">
        <source>Ring %1 of %2</source>
        <translation>Ring %1 of %2</translation>
    </message>
    <message id="setup_look_face">
        <source>Step aside: the scene should be even, bright and empty.</source>
        <translation>Step aside: the scene should be even, bright and empty.</translation>
    </message>
    <message id="setup_look_card">
        <source>The whole tray must be in the picture, and sharp.</source>
        <translation>The whole tray must be in the picture, and sharp.</translation>
    </message>
    <message id="setup_keep">
        <source>Is this picture empty?</source>
        <translation>Is this picture empty?</translation>
    </message>
    <message id="setup_keep_why">
        <source>It goes into the report only if nobody is in it.</source>
        <translation>It goes into the report only if nobody is in it.</translation>
    </message>
    <message id="setup_keep_yes">
        <source>Empty, keep it</source>
        <translation>Empty, keep it</translation>
    </message>
    <message id="setup_keep_no">
        <source>Leave it out</source>
        <translation>Leave it out</translation>
    </message>
    <message id="setup_type_code">
        <source>Type the code instead</source>
        <translation>Type the code instead</translation>
    </message>
    <message id="setup_judge_printer">
        <source>Is the test page clean and whole?</source>
        <translation>Is the test page clean and whole?</translation>
    </message>
    <message id="setup_judge_more_printer">
        <source>There must be no white line through the black bars.</source>
        <translation>There must be no white line through the black bars.</translation>
    </message>
    <message id="setup_judge_sound">
        <source>Did you hear three tones?</source>
        <translation>Did you hear three tones?</translation>
    </message>
    <message id="setup_judge_more_sound">
        <source>They rise, and none of them rattles.</source>
        <translation>They rise, and none of them rattles.</translation>
    </message>
    <message id="setup_judge_lights">
        <source>Did every light shine once?</source>
        <translation>Did every light shine once?</translation>
    </message>
    <message id="setup_judge_more_lights">
        <source>One after the other, none of them twice.</source>
        <translation>One after the other, none of them twice.</translation>
    </message>
    <message id="setup_ready">
        <source>%1 is ready for citizens</source>
        <translation>%1 is ready for citizens</translation>
    </message>
    <message id="setup_ready_more">
        <source>All steps are done. The terminal starts when you finish.</source>
        <translation>All steps are done. The terminal starts when you finish.</translation>
    </message>
    <message id="setup_not_ready">
        <source>Not ready yet</source>
        <translation>Not ready yet</translation>
    </message>
    <message id="setup_not_ready_more">
        <source>These steps are missing:</source>
        <translation>These steps are missing:</translation>
    </message>
    <message id="setup_finish">
        <source>Finish</source>
        <translation>Finish</translation>
    </message>
    <message id="setup_to_list">
        <source>Back to the steps</source>
        <translation>Back to the steps</translation>
    </message>
    <message id="setup_report_signed">
        <source>Made</source>
        <translation>Made</translation>
    </message>
    <message id="setup_pictured">
        <source>In the report</source>
        <translation>In the report</translation>
    </message>
    <message id="setup_not_pictured">
        <source>No picture</source>
        <translation>No picture</translation>
    </message>
    <message id="picture_face_camera">
        <source>What the face camera sees</source>
        <translation>What the face camera sees</translation>
    </message>
    <message id="picture_test_page">
        <source>The test page</source>
        <translation>The test page</translation>
    </message>
    <message id="picture_touch">
        <source>Where the panel was touched</source>
        <translation>Where the panel was touched</translation>
    </message>
    <message id="report_pictures">
        <source>Pictures</source>
        <translation>Pictures</translation>
    </message>
    <message id="mark_good">
        <source>Done</source>
        <translation>Done</translation>
    </message>
    <message id="mark_bad">
        <source>Failed</source>
        <translation>Failed</translation>
    </message>
    <message id="mark_skipped">
        <source>Skipped</source>
        <translation>Skipped</translation>
    </message>
    <message id="mark_waits">
        <source>Waits for another step</source>
        <translation>Waits for another step</translation>
    </message>
    <message id="mark_todo">
        <source>To do</source>
        <translation>To do</translation>
    </message>
    <message id="answer_yes">
        <source>Yes</source>
        <translation>Yes</translation>
    </message>
    <message id="answer_no">
        <source>No</source>
        <translation>No</translation>
    </message>
    <message id="key_clear">
        <source>Clear</source>
        <translation>Clear</translation>
    </message>
    <message id="still_kept">
        <source>In the report</source>
        <translation>In the report</translation>
    </message>
    <message id="still_somebody">
        <source>Left out: not empty</source>
        <translation>Left out: not empty</translation>
    </message>
    <message id="still_not_vouched">
        <source>Left out</source>
        <translation>Left out</translation>
    </message>
    <message id="setup_do_network">
        <source>Fleet and register are reached from here. The addresses stand on the order.</source>
        <translation>Fleet and register are reached from here. The addresses stand on the order.</translation>
    </message>
    <message id="setup_do_clock">
        <source>The clock is compared with the fleet's.</source>
        <translation>The clock is compared with the fleet's.</translation>
    </message>
    <message id="setup_do_site">
        <source>Where the terminal stands and how it is used.</source>
        <translation>Where the terminal stands and how it is used.</translation>
    </message>
    <message id="setup_do_panel">
        <source>The panel is looked for and its size compared.</source>
        <translation>The panel is looked for and its size compared.</translation>
    </message>
    <message id="setup_do_touch">
        <source>Touch five rings, one after the other. How the glass lies is found by them.</source>
        <translation>Touch five rings, one after the other. How the glass lies is found by them.</translation>
    </message>
    <message id="setup_do_face_camera">
        <source>You see what it sees. Step aside at the end: an empty picture goes into the report.</source>
        <translation>You see what it sees. Step aside at the end: an empty picture goes into the report.</translation>
    </message>
    <message id="setup_do_document_camera">
        <source>You see what it sees. The whole tray must be in the picture.</source>
        <translation>You see what it sees. The whole tray must be in the picture.</translation>
    </message>
    <message id="setup_do_lights">
        <source>Each light of the tray shines once. Watch the tray.</source>
        <translation>Each light of the tray shines once. Watch the tray.</translation>
    </message>
    <message id="setup_do_reader">
        <source>Lay the test card on the reader. Nothing on it is read.</source>
        <translation>Lay the test card on the reader. Nothing on it is read.</translation>
    </message>
    <message id="setup_do_printer">
        <source>A test page is printed. Look at it closely.</source>
        <translation>A test page is printed. Look at it closely.</translation>
    </message>
    <message id="setup_do_sound">
        <source>Three tones are played. Put on the headphones.</source>
        <translation>Three tones are played. Put on the headphones.</translation>
    </message>
    <message id="setup_do_claim">
        <source>The slip with the code makes this machine a terminal. Lay it under the card camera, or type it.</source>
        <translation>The slip with the code makes this machine a terminal. Lay it under the card camera, or type it.</translation>
    </message>
    <message id="setup_do_settings">
        <source>All answers are written down, and the terminal reads them.</source>
        <translation>All answers are written down, and the terminal reads them.</translation>
    </message>
    <message id="setup_do_self_test">
        <source>Disk, memory, key and certificate are looked at.</source>
        <translation>Disk, memory, key and certificate are looked at.</translation>
    </message>
    <message id="field_fleet_url">
        <source>Address of the fleet</source>
        <translation>Address of the fleet</translation>
    </message>
    <message id="field_register_url">
        <source>Address of the register</source>
        <translation>Address of the register</translation>
    </message>
    <message id="field_register_phone_url">
        <source>Address for phones</source>
        <translation>Address for phones</translation>
    </message>
    <message id="field_site_id">
        <source>Site</source>
        <translation>Site</translation>
    </message>
    <message id="field_site_mode">
        <source>How it is used</source>
        <translation>How it is used</translation>
    </message>
    <message id="field_site_opens">
        <source>Opens at</source>
        <translation>Opens at</translation>
    </message>
    <message id="field_site_closes">
        <source>Closes at</source>
        <translation>Closes at</translation>
    </message>
    <message id="field_site_languages">
        <source>First language</source>
        <translation>First language</translation>
    </message>
    <message id="field_machine_panel">
        <source>Size of the panel</source>
        <translation>Size of the panel</translation>
    </message>
    <message id="field_devices_face_camera">
        <source>Which camera sees the face</source>
        <translation>Which camera sees the face</translation>
    </message>
    <message id="field_devices_document_camera">
        <source>Which camera sees the card</source>
        <translation>Which camera sees the card</translation>
    </message>
    <message id="field_devices_lights">
        <source>Where the lights are plugged in</source>
        <translation>Where the lights are plugged in</translation>
    </message>
    <message id="field_devices_printer">
        <source>Where the printer is plugged in</source>
        <translation>Where the printer is plugged in</translation>
    </message>
    <message id="field_type_code">
        <source>Code of the slip</source>
        <translation>Code of the slip</translation>
    </message>
    <message id="hint_field_fleet_url">
        <source>It begins with https:// and stands on the order.</source>
        <translation>It begins with https:// and stands on the order.</translation>
    </message>
    <message id="hint_field_register_url">
        <source>It begins with https:// and stands on the order.</source>
        <translation>It begins with https:// and stands on the order.</translation>
    </message>
    <message id="hint_field_register_phone_url">
        <source>It begins with https:// and stands on the order.</source>
        <translation>It begins with https:// and stands on the order.</translation>
    </message>
    <message id="hint_field_site_id">
        <source>Small letters, digits, - and _, as on the order.</source>
        <translation>Small letters, digits, - and _, as on the order.</translation>
    </message>
    <message id="hint_field_site_opens">
        <source>Hours and minutes, as 09:00. The same twice: always open.</source>
        <translation>Hours and minutes, as 09:00. The same twice: always open.</translation>
    </message>
    <message id="hint_field_site_closes">
        <source>Hours and minutes, as 20:00. The same twice: always open.</source>
        <translation>Hours and minutes, as 20:00. The same twice: always open.</translation>
    </message>
    <message id="hint_field_devices_face_camera">
        <source>A name under /dev, of the port it is plugged into.</source>
        <translation>A name under /dev, of the port it is plugged into.</translation>
    </message>
    <message id="hint_field_devices_document_camera">
        <source>A name under /dev, of the port it is plugged into.</source>
        <translation>A name under /dev, of the port it is plugged into.</translation>
    </message>
    <message id="hint_field_devices_lights">
        <source>A name under /dev; nothing for a tray without lights.</source>
        <translation>A name under /dev; nothing for a tray without lights.</translation>
    </message>
    <message id="hint_field_devices_printer">
        <source>A name under /dev, of the port it is plugged into.</source>
        <translation>A name under /dev, of the port it is plugged into.</translation>
    </message>
    <message id="hint_field_type_code">
        <source>It begins with KIOSK1/. Small letters will do.</source>
        <translation>It begins with KIOSK1/. Small letters will do.</translation>
    </message>
    <message id="choice_self_service">
        <source>Self-service</source>
        <translation>Self-service</translation>
    </message>
    <message id="choice_counter">
        <source>At a counter, with staff</source>
        <translation>At a counter, with staff</translation>
    </message>
    <message id="choice_mobile">
        <source>Mobile team</source>
        <translation>Mobile team</translation>
    </message>
    <message id="choice_none">
        <source>None</source>
        <translation>None</translation>
    </message>
    <message id="figure_fleet_ms">
        <source>To the fleet (ms)</source>
        <translation>To the fleet (ms)</translation>
    </message>
    <message id="figure_register_ms">
        <source>To the register (ms)</source>
        <translation>To the register (ms)</translation>
    </message>
    <message id="figure_unreachable">
        <source>Not reached</source>
        <translation>Not reached</translation>
    </message>
    <message id="figure_synchronized">
        <source>Set from the network</source>
        <translation>Set from the network</translation>
    </message>
    <message id="figure_off_s">
        <source>Off by (s)</source>
        <translation>Off by (s)</translation>
    </message>
    <message id="figure_mode">
        <source>Size found</source>
        <translation>Size found</translation>
    </message>
    <message id="figure_turned">
        <source>Turned</source>
        <translation>Turned</translation>
    </message>
    <message id="figure_worst_off">
        <source>Worst corner off</source>
        <translation>Worst corner off</translation>
    </message>
    <message id="figure_swapped">
        <source>Axes swapped</source>
        <translation>Axes swapped</translation>
    </message>
    <message id="figure_mirrored">
        <source>Mirrored</source>
        <translation>Mirrored</translation>
    </message>
    <message id="figure_check_off">
        <source>Test ring off</source>
        <translation>Test ring off</translation>
    </message>
    <message id="figure_corners">
        <source>Rings touched</source>
        <translation>Rings touched</translation>
    </message>
    <message id="figure_size">
        <source>Size of the picture</source>
        <translation>Size of the picture</translation>
    </message>
    <message id="figure_per_s">
        <source>Pictures a second</source>
        <translation>Pictures a second</translation>
    </message>
    <message id="figure_brightness">
        <source>Brightness (0-255)</source>
        <translation>Brightness (0-255)</translation>
    </message>
    <message id="figure_sharpness">
        <source>Sharpness</source>
        <translation>Sharpness</translation>
    </message>
    <message id="figure_picture">
        <source>Picture for the report</source>
        <translation>Picture for the report</translation>
    </message>
    <message id="figure_identity">
        <source>Camera</source>
        <translation>Camera</translation>
    </message>
    <message id="figure_lights">
        <source>Lights</source>
        <translation>Lights</translation>
    </message>
    <message id="figure_ways_to_open">
        <source>Ways to open the card</source>
        <translation>Ways to open the card</translation>
    </message>
    <message id="figure_ms">
        <source>Time taken (ms)</source>
        <translation>Time taken (ms)</translation>
    </message>
    <message id="figure_width_px">
        <source>Dots across the paper</source>
        <translation>Dots across the paper</translation>
    </message>
    <message id="figure_terminal">
        <source>Terminal</source>
        <translation>Terminal</translation>
    </message>
    <message id="figure_key_kept_by">
        <source>Key kept by</source>
        <translation>Key kept by</translation>
    </message>
    <message id="figure_machine_signs">
        <source>The TPM signs too</source>
        <translation>The TPM signs too</translation>
    </message>
    <message id="figure_district">
        <source>District</source>
        <translation>District</translation>
    </message>
    <message id="figure_certificate_ends">
        <source>Certificate until</source>
        <translation>Certificate until</translation>
    </message>
    <message id="figure_site">
        <source>Slip is for</source>
        <translation>Slip is for</translation>
    </message>
    <message id="figure_secure_boot">
        <source>Secure boot</source>
        <translation>Secure boot</translation>
    </message>
    <message id="figure_free_mb">
        <source>Free room (MB)</source>
        <translation>Free room (MB)</translation>
    </message>
    <message id="figure_certificate_days">
        <source>Certificate, days left</source>
        <translation>Certificate, days left</translation>
    </message>
    <message id="figure_faults">
        <source>Faults</source>
        <translation>Faults</translation>
    </message>
    <message id="figure_issuers">
        <source>Issuers of cards believed</source>
        <translation>Issuers of cards believed</translation>
    </message>
    <message id="value_fleet">
        <source>The fleet</source>
        <translation>The fleet</translation>
    </message>
    <message id="value_register">
        <source>The register</source>
        <translation>The register</translation>
    </message>
    <message id="value_tpm">
        <source>The TPM</source>
        <translation>The TPM</translation>
    </message>
    <message id="value_host">
        <source>This machine's disk</source>
        <translation>This machine's disk</translation>
    </message>
    <message id="value_file">
        <source>A plain file</source>
        <translation>A plain file</translation>
    </message>
    <message id="fault_swap">
        <source>Swap is on</source>
        <translation>Swap is on</translation>
    </message>
    <message id="fault_core_dumps">
        <source>Core dumps are on</source>
        <translation>Core dumps are on</translation>
    </message>
    <message id="fault_room">
        <source>Too little free room</source>
        <translation>Too little free room</translation>
    </message>
    <message id="fault_identity">
        <source>Key or certificate</source>
        <translation>Key or certificate</translation>
    </message>
    <message id="fault_machine">
        <source>Another TPM</source>
        <translation>Another TPM</translation>
    </message>
    <message id="fault_issuers">
        <source>No issuer of cards</source>
        <translation>No issuer of cards</translation>
    </message>
    <message id="cure_provision_no_network">
        <source>The fleet or the register cannot be reached. Check the cable and the site's firewall.</source>
        <translation>The fleet or the register cannot be reached. Check the cable and the site's firewall.</translation>
    </message>
    <message id="cure_provision_no_panel">
        <source>No panel was found. Check its cable.</source>
        <translation>No panel was found. Check its cable.</translation>
    </message>
    <message id="cure_provision_other_panel">
        <source>The panel has another size. Correct the answer, or change the panel.</source>
        <translation>The panel has another size. Correct the answer, or change the panel.</translation>
    </message>
    <message id="cure_provision_no_touch">
        <source>No touch came in time. Check the panel's USB cable and try again.</source>
        <translation>No touch came in time. Check the panel's USB cable and try again.</translation>
    </message>
    <message id="cure_provision_touch_wild">
        <source>The touches do not fit together. Touch the middle of each ring; if it comes back, change the panel.</source>
        <translation>The touches do not fit together. Touch the middle of each ring; if it comes back, change the panel.</translation>
    </message>
    <message id="cure_provision_no_card">
        <source>No card was seen. Lay the test card flat on the reader.</source>
        <translation>No card was seen. Lay the test card flat on the reader.</translation>
    </message>
    <message id="cure_provision_no_slip">
        <source>No code was seen. Lay the slip flat under the camera, or type the code.</source>
        <translation>No code was seen. Lay the slip flat under the camera, or type the code.</translation>
    </message>
    <message id="cure_provision_no_sound">
        <source>Nothing here plays sound. Check the loudspeaker, or skip the step.</source>
        <translation>Nothing here plays sound. Check the loudspeaker, or skip the step.</translation>
    </message>
    <message id="cure_provision_unjudged">
        <source>Nobody answered the question. Do it again and answer.</source>
        <translation>Nobody answered the question. Do it again and answer.</translation>
    </message>
    <message id="cure_provision_judged_bad">
        <source>You said it is not good. Put it right, then try again.</source>
        <translation>You said it is not good. Put it right, then try again.</translation>
    </message>
    <message id="cure_provision_other_site">
        <source>The slip is for another site. Correct the site, or ask operations for another slip.</source>
        <translation>The slip is for another site. Correct the site, or ask operations for another slip.</translation>
    </message>
    <message id="cure_provision_no_anchors">
        <source>The register's keys are missing from this machine. Install the package again.</source>
        <translation>The register's keys are missing from this machine. Install the package again.</translation>
    </message>
    <message id="cure_provision_settings_refused">
        <source>The terminal does not accept its settings. Call the service line with this code.</source>
        <translation>The terminal does not accept its settings. Call the service line with this code.</translation>
    </message>
    <message id="cure_provision_not_fit">
        <source>The machine is not as it must be: see the faults. Call the service line with this code.</source>
        <translation>The machine is not as it must be: see the faults. Call the service line with this code.</translation>
    </message>
    <message id="cure_claim_mistyped">
        <source>The code was mistyped. Compare it with the slip, letter by letter.</source>
        <translation>The code was mistyped. Compare it with the slip, letter by letter.</translation>
    </message>
    <message id="cure_claim_refused">
        <source>The fleet refuses the code: it may be too old. Ask operations for a new slip.</source>
        <translation>The fleet refuses the code: it may be too old. Ask operations for a new slip.</translation>
    </message>
    <message id="cure_claim_used">
        <source>Another machine has used this code. Tell operations at once.</source>
        <translation>Another machine has used this code. Tell operations at once.</translation>
    </message>
    <message id="cure_claim_forged_fleet">
        <source>Whoever answered is not the fleet of the slip. Check the network, and tell operations.</source>
        <translation>Whoever answered is not the fleet of the slip. Check the network, and tell operations.</translation>
    </message>
    <message id="cure_claim_unreachable">
        <source>The fleet does not answer. Check the network, then try again with the same slip.</source>
        <translation>The fleet does not answer. Check the network, then try again with the same slip.</translation>
    </message>
    <message id="cure_claim_contested">
        <source>Two machines claim to be this terminal. Tell operations at once.</source>
        <translation>Two machines claim to be this terminal. Tell operations at once.</translation>
    </message>
    <message id="cure_printer_missing">
        <source>No printer was found there. Check its cable, or choose another port.</source>
        <translation>No printer was found there. Check its cable, or choose another port.</translation>
    </message>
    <message id="cure_camera_missing">
        <source>No camera was found there. Check its cable, or choose another one.</source>
        <translation>No camera was found there. Check its cable, or choose another one.</translation>
    </message>
    <message id="cure_camera">
        <source>The camera gives no good picture. Clean its glass and check its cable.</source>
        <translation>The camera gives no good picture. Clean its glass and check its cable.</translation>
    </message>
    <message id="cure_reader">
        <source>The card reader does not answer. Check its cable, then plug it in again.</source>
        <translation>The card reader does not answer. Check its cable, then plug it in again.</translation>
    </message>
    <message id="cure_printer">
        <source>The printer does not print. Put in paper, close the cover and try again.</source>
        <translation>The printer does not print. Put in paper, close the cover and try again.</translation>
    </message>
    <message id="cure_lights">
        <source>The lights do not answer. Check their cable.</source>
        <translation>The lights do not answer. Check their cable.</translation>
    </message>
    <message id="cure_claim">
        <source>The claim failed. Ask operations for a new slip.</source>
        <translation>The claim failed. Ask operations for a new slip.</translation>
    </message>
    <message id="cure_identity">
        <source>The key of this terminal cannot be kept or opened. Call the service line with this code.</source>
        <translation>The key of this terminal cannot be kept or opened. Call the service line with this code.</translation>
    </message>
    <message id="cure_clock">
        <source>The clock is wrong. Check the network: the clock is set from it.</source>
        <translation>The clock is wrong. Check the network: the clock is set from it.</translation>
    </message>
</context>
</TS>
